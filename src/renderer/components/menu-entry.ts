/** One line of a pop-up menu: something to choose, or the line between two groups. */
export type MenuEntry =
  | { kind: 'line' }
  | {
      kind: 'item';
      label: string;
      /** As commands write it; shown at the right. */
      keys?: string | undefined;
      disabled?: boolean;
      /** Given: the item is a switch. */
      checked?: boolean | undefined;
      danger?: boolean;
      run: () => void;
    };
