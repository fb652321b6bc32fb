import { ref } from 'vue';
import { useData } from '../../../stores/data';

/** Columns selected by clicks and keys: one, one more, or all from the last one to this. */
export function useSelection(names: () => readonly string[]) {
  const data = useData();
  /** Where a range begins. */
  const anchor = ref<string | null>(null);

  function only(name: string): void {
    anchor.value = name;
    data.select([name]);
  }

  function toggle(name: string): void {
    anchor.value = name;
    const on = !data.selection.includes(name);
    data.select(on ? [...data.selection, name] : data.selection.filter((known) => known !== name));
  }

  /** The last name stands at the end: it is the one the inspector shows. */
  function extend(name: string): void {
    const from = names().indexOf(anchor.value ?? name);
    const to = names().indexOf(name);
    const range = names().slice(Math.min(from, to), Math.max(from, to) + 1);
    data.select([...range.filter((known) => known !== name), name]);
  }

  function click(
    name: string,
    { shiftKey, ctrlKey, metaKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  ): void {
    if (shiftKey) extend(name);
    else if (ctrlKey || metaKey) toggle(name);
    else only(name);
  }

  return { only, toggle, extend, click };
}
