import { Select } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { UserJson } from '../../../../src/api-contract/users.ts';
import { managersQuery } from './api/list-people.ts';
import { ROLE_WORDS, ROLES } from './people-words.ts';

/** A form with these two among its values. */
interface RoleForm {
  values: {
    role: UserJson['role'];
    /** Id as text; `null` for none. */
    managerId: string | null;
  };
  getInputProps(name: 'role' | 'managerId'): GetInputPropsReturnType;
}

/** What a person may do, and for staff whose team they are in. */
export function RoleFields({ form }: { form: RoleForm }): ReactElement {
  const managers = useQuery(managersQuery());
  const manager = form.getInputProps('managerId');
  return (
    <>
      <Select
        label="Role"
        description={ROLE_WORDS[form.values.role].does}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].one }))}
        {...form.getInputProps('role')}
      />
      {form.values.role === 'staff' && (
        <Select
          label="Manager"
          placeholder="Nobody"
          clearable
          clearButtonProps={{ 'aria-label': 'No manager' }}
          data={(managers.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          nothingFoundMessage="There is no manager yet"
          {...manager}
          error={managers.isError ? 'The managers can’t be loaded. Try again in a moment.' : manager.error}
        />
      )}
    </>
  );
}
