import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { UserJson } from '../../../../src/api-contract/users.ts';
import { managersQuery } from './api/list-people.ts';
import { ROLE_WORDS, ROLES } from './people-words.ts';

/** What a person may do, and for staff whose team they are in. */
export function RoleFields(props: {
  role: UserJson['role'];
  onRole: (role: UserJson['role']) => void;
  roleError: ReactNode;
  /** Id as text; `null` for none. */
  managerId: string | null;
  onManager: (id: string | null) => void;
  managerError: ReactNode;
}): ReactElement {
  const managers = useQuery(managersQuery());
  return (
    <>
      <Select
        label="Role"
        description={ROLE_WORDS[props.role].does}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        value={props.role}
        onChange={(value) => props.onRole(ROLES.find((role) => role === value) ?? props.role)}
        data={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].one }))}
        error={props.roleError}
      />
      {props.role === 'staff' && (
        <Select
          label="Manager"
          placeholder="Nobody"
          clearable
          clearButtonProps={{ 'aria-label': 'No manager' }}
          value={props.managerId}
          onChange={props.onManager}
          data={(managers.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          error={managers.isError ? 'The managers can’t be loaded. Try again in a moment.' : props.managerError}
          nothingFoundMessage="There is no manager yet"
        />
      )}
    </>
  );
}
