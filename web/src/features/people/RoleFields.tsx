import { Select } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { UserJson } from '../../../../src/api-contract/users.ts';
import { t } from '../../lib/t.ts';
import { managersQuery } from './api/list-people.ts';
import { ROLES } from './people-words.ts';

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
        label={t('people.roleLabel')}
        description={t(`people.does.${form.values.role}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={ROLES.map((role) => ({ value: role, label: t(`people.role.${role}`) }))}
        {...form.getInputProps('role')}
      />
      {form.values.role === 'staff' && (
        <Select
          label={t('people.manager')}
          placeholder={t('people.nobody')}
          clearable
          clearButtonProps={{ 'aria-label': t('people.noManager') }}
          data={(managers.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          nothingFoundMessage={t('people.noManagersYet')}
          {...manager}
          error={managers.isError ? t('people.managersNotLoaded') : manager.error}
        />
      )}
    </>
  );
}
