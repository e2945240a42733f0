import { useForm as useMantineForm, type UseFormInput, type UseFormReturnType } from '@mantine/form';
import { useEffect, useRef, type SyntheticEvent } from 'react';

/**
 * A form as `@mantine/form` has it. When it is refused, by its own rules or by the server, the focus goes to the first
 * field that is wrong: that scrolls there, and what stands beside the field is read out.
 */
export function useForm<Values extends object>(options: UseFormInput<Values>): UseFormReturnType<Values> {
  const form = useMantineForm<Values>(options);
  const element = useRef<Element | null>(null);
  const refused = useRef(false);
  const { errors } = form;
  useEffect(() => {
    if (!refused.current || Object.keys(errors).length === 0) return;
    refused.current = false;
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  return {
    ...form,
    onSubmit(send, onFault) {
      const submit = form.onSubmit(send, (faults, values, event) => {
        refused.current = true;
        onFault?.(faults, values, event);
      });
      return (event) => {
        element.current = formOf(event);
        submit(event);
      };
    },
    setErrors(faults) {
      refused.current = Object.keys(faults).length > 0;
      form.setErrors(faults);
    },
  };
}

function formOf(event: SyntheticEvent | Event | undefined): Element | null {
  return event?.currentTarget instanceof Element ? event.currentTarget : null;
}
