import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';

/** Something that was just taken away and can be brought back. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: () => void;
}

export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([]);
  const counter = ref(0);

  function offerUndo(text: string, undo: () => void): void {
    counter.value++;
    toasts.value = [...toasts.value, { id: counter.value, text, undo }];
  }

  const dismiss = (id: number): void => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  };

  function undo(id: number): void {
    toasts.value.find((toast) => toast.id === id)?.undo();
    dismiss(id);
  }

  return { toasts, offerUndo, undo, dismiss };
});
