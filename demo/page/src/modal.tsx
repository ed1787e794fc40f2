// Modals of the application: a form of labels, texts and inputs of all kinds.

import { useEffect, useRef, useState } from "preact/hooks";
import { type FieldValue, submit } from "./api";
import { bytes } from "./media";
import { Avatar, Dots, useID } from "./parts";
import { Select, preset } from "./select";
import { set, state } from "./store";
import { Markdown } from "./text";
import { type Component, type Modal, kind } from "./types";

type Value = string | boolean | string[] | File[];

/** inputs are what can be filled in, with the words around it. */
function inputs(modal: Modal): { input: Component; label: string; help: string }[] {
  return modal.components.flatMap((c) => {
    if (c.component) return [{ input: c.component, label: c.label ?? "", help: c.description ?? "" }];
    return (c.components ?? []).map((i) => ({ input: i, label: i.label ?? "", help: "" }));
  });
}

function start(c: Component): Value {
  switch (c.type) {
    case kind.input: return c.value ?? "";
    case kind.checkbox: return c.default ?? false;
    case kind.upload: return [];
    case kind.radio: return preset(c)[0] ?? "";
    default: return preset(c);
  }
}

/** wrong is what is wrong with a value, "" for nothing. */
function wrong(c: Component, v: Value): string {
  const needed = c.required !== false;
  if (c.type === kind.input) {
    const n = [...(v as string)].length;
    if (n === 0) return needed ? "This field is required" : "";
    if (c.min_length && n < c.min_length) return `Must be at least ${c.min_length} characters`;
    if (n > (c.max_length ?? 4000)) return `Must be no more than ${c.max_length ?? 4000} characters`;
    return "";
  }
  if (c.type === kind.checkbox) return needed && c.required === true && v !== true ? "This field is required" : "";
  const n = Array.isArray(v) ? v.length : v === "" ? 0 : 1;
  if (n === 0 && !needed) return "";
  const low = c.type === kind.radio ? 1 : (c.min_values ?? 1);
  return n < low ? (low > 1 ? `Choose at least ${low}` : "This field is required") : "";
}

export function ModalDialog() {
  const open = state.modal;
  return open && <Form key={open.interaction} modal={open.modal} interaction={open.interaction} />;
}

function Form({ modal, interaction }: { modal: Modal; interaction: string }) {
  const fields = inputs(modal);
  const [values, setValues] = useState<Record<string, Value>>(() => Object.fromEntries(fields.map((f) => [f.input.custom_id ?? "", start(f.input)])));
  const [told, setTold] = useState(false); // what is wrong is shown
  const ref = useRef<HTMLDialogElement>(null);
  const id = useID();
  const waiting = state.submitted !== "";
  const outside = useRef(false); // the press began beside the form: marking text may end there
  const touched = useRef(false); // something was filled in, which is not to be lost by a slip
  useEffect(() => {
    ref.current?.showModal();
    ref.current?.querySelector<HTMLElement>("input, textarea, .select")?.focus();
  }, []);
  const close = () => set({ modal: null, modalTrouble: "", submitted: "" });
  const send = () => {
    const bad = fields.find((f) => wrong(f.input, values[f.input.custom_id ?? ""] ?? ""));
    if (bad) {
      setTold(true);
      ref.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(bad.input.custom_id ?? "")}"] :is(input, textarea, button)`)?.focus();
      return;
    }
    const files: File[] = [];
    const out: Record<string, FieldValue> = {};
    for (const { input: c } of fields) {
      const v = values[c.custom_id ?? ""] ?? "";
      if (c.type === kind.upload) out[c.custom_id ?? ""] = { files: (v as File[]).map((f) => files.push(f) - 1) };
      else if (c.type !== kind.radio || v !== "") out[c.custom_id ?? ""] = v as FieldValue;
    }
    void submit(interaction, out, files);
  };
  const app = state.world?.application;
  return (
    <dialog ref={ref} class="modal" aria-labelledby={`${id}-title`} onClose={close}
      onPointerDown={(e) => { outside.current = e.target === ref.current; }} onClick={(e) => outside.current && !touched.current && e.target === ref.current && close()}>
      <form method="dialog" noValidate onSubmit={(e) => { e.preventDefault(); if (!waiting) send(); }}>
        <header>
          {app && <Avatar user={app.bot} name={app.name} small />}
          <h2 id={`${id}-title`}>{modal.title}</h2>
          <button type="button" class="plain" aria-label="Close" onClick={close}><span class="i i-x" /></button>
        </header>
        <div class="fields">
          {modal.components.map((c, n) => {
            if (c.type === kind.text) return <Markdown key={n} text={c.content ?? ""} channel={state.channel} />;
            const f = fields.find((f) => f.input === c.component || (c.components ?? []).includes(f.input));
            if (!f) return null;
            const name = f.input.custom_id ?? "";
            return (
              <Field
                key={name} c={f.input} label={f.label} help={f.help} value={values[name] ?? ""}
                problem={told ? wrong(f.input, values[name] ?? "") : ""} onValue={(v) => { touched.current = true; setValues((old) => ({ ...old, [name]: v })); }}
              />
            );
          })}
        </div>
        {state.modalTrouble && <p class="trouble" role="alert"><span class="i i-warn" />{state.modalTrouble}</p>}
        <footer>
          <button type="button" class="btn secondary" onClick={close}>Cancel</button>
          <button type="submit" class={`btn primary${waiting ? " busy" : ""}`} aria-busy={waiting}><span class="label">Submit</span>{waiting && <Dots />}</button>
        </footer>
      </form>
    </dialog>
  );
}

interface FieldProps {
  c: Component;
  label: string;
  help: string;
  value: Value;
  problem: string;
  onValue: (v: Value) => void;
}

function Field(p: FieldProps) {
  const id = useID();
  const { c, label, help, problem } = p;
  const single = c.type === kind.input || c.type === kind.upload;
  const ticked = c.type === kind.checkbox; // its words stand beside it
  const needed = c.required !== false && c.type !== kind.checkbox;
  const words = <>{label}{needed && <span class="star" aria-hidden="true"> *</span>}</>;
  return (
    <div class="field" data-field={c.custom_id}>
      {single ? <label for={id} id={`${id}-label`}>{words}</label> : !ticked && <div class="label" id={`${id}-label`}>{words}</div>}
      {help && !ticked && <p class="help" id={`${id}-help`}>{help}</p>}
      <Input {...p} id={id} describedBy={[help && !ticked && `${id}-help`, problem && `${id}-bad`].filter(Boolean).join(" ") || undefined} />
      {problem && <p class="bad" id={`${id}-bad`} role="alert">{problem}</p>}
    </div>
  );
}

function Input({ c, label, help, value, onValue, id, describedBy, problem }: FieldProps & { id: string; describedBy?: string }) {
  const common = { id, "aria-describedby": describedBy, "aria-invalid": problem !== "", "aria-required": c.required !== false };
  switch (c.type) {
    case kind.input: {
      const text = value as string;
      const most = c.max_length ?? 4000;
      const count = <span class="count" aria-hidden="true">{[...text].length}/{most}</span>;
      const props = { ...common, value: text, placeholder: c.placeholder, maxLength: most };
      return c.style === 2
        ? <div class="counted"><textarea {...props} rows={5} onInput={(e) => onValue(e.currentTarget.value)} />{c.max_length !== undefined && count}</div>
        : <div class="counted"><input {...props} type="text" autoComplete="off" onInput={(e) => onValue(e.currentTarget.value)} />{c.max_length !== undefined && count}</div>;
    }
    case kind.checkbox:
      return <label class="choice"><input {...common} aria-required={undefined} type="checkbox" checked={value === true} onChange={(e) => onValue(e.currentTarget.checked)} /><span id={`${id}-label`}>{label}{help && <small>{help}</small>}</span></label>;
    case kind.radio: case kind.checkboxes:
      return <Choices c={c} id={id} value={value} onValue={onValue} describedBy={describedBy} />;
    case kind.upload:
      return <Upload c={c} id={id} value={value as File[]} onValue={onValue} describedBy={describedBy} />;
    default:
      return <Select component={c} channel={state.channel} values={value as string[]} labelledBy={`${id}-label`} invalid={problem !== ""} onChoose={onValue} />;
  }
}

interface PartProps {
  c: Component;
  id: string;
  onValue: (v: Value) => void;
  describedBy?: string;
}

function Choices({ c, id, value, onValue, describedBy }: PartProps & { value: Value }) {
  const one = c.type === kind.radio;
  const list = Array.isArray(value) ? (value as string[]) : [value as string];
  const flip = (v: string, on: boolean) => onValue(one ? v : on ? [...list, v] : list.filter((o) => o !== v));
  const most = c.max_values ?? (c.options ?? []).length;
  return (
    <div role={one ? "radiogroup" : "group"} aria-labelledby={`${id}-label`} aria-describedby={describedBy} aria-required={one ? c.required !== false : undefined}>
      {(c.options ?? []).map((o) => (
        <label class="choice" key={o.value}>
          <input
            type={one ? "radio" : "checkbox"} name={id} checked={list.includes(o.value)} disabled={!one && !list.includes(o.value) && list.length >= most}
            onChange={(e) => flip(o.value, e.currentTarget.checked)}
          />
          <span>{o.label}{o.description && <small>{o.description}</small>}</span>
        </label>
      ))}
    </div>
  );
}

function Upload({ c, id, value, onValue, describedBy }: PartProps & { value: File[] }) {
  const most = c.max_values ?? 1;
  const take = (files: FileList | null) => onValue([...value, ...(files ?? [])].slice(0, most));
  return (
    <div class="upload" onDragOver={(e) => e.preventDefault()} onDrop={(e) => { e.preventDefault(); take(e.dataTransfer?.files ?? null); }}>
      <input id={id} type="file" multiple={most > 1} aria-describedby={describedBy} onChange={(e) => { take(e.currentTarget.files); e.currentTarget.value = ""; }} />
      <span class="drop" aria-hidden="true"><span class="i i-file" /><span>Drop {most > 1 ? `up to ${most} files` : "a file"} here, or <b>browse</b></span></span>
      <ul>
        {value.map((f, n) => (
          <li key={n}>{f.name} <small>{bytes(f.size)}</small> <button type="button" class="plain" aria-label={`Remove ${f.name}`} onClick={() => onValue(value.filter((o) => o !== f))}><span class="i i-x" /></button></li>
        ))}
      </ul>
    </div>
  );
}
