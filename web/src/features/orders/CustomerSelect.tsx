import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type ReactNode } from 'react';
import { t } from '../../lib/t.ts';
import { customersQuery } from './api/list-customers.ts';

/** Typing pauses this long before the server is asked. */
const PAUSE_MS = 250;

/** Finds a customer by name or e-mail address. */
export function CustomerSelect(props: {
  value: string | null;
  onChange: (id: string | null) => void;
  error?: ReactNode;
}): ReactElement {
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, PAUSE_MS);
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  // What was chosen stays in the text field; that is no search.
  const query = useQuery(customersQuery(asked === chosen?.label ? '' : asked));
  const found = (query.data?.items ?? []).map((person) => ({
    value: String(person.id),
    label: `${person.name} (${person.email})`,
  }));
  const data = chosen === null || found.some((each) => each.value === chosen.value) ? found : [chosen, ...found];
  return (
    <Select
      label={t('orders.form.customer')}
      placeholder={t('orders.form.customerHint')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('orders.form.customerClear') }}
      data={data}
      value={props.value}
      onChange={(value, option) => {
        setChosen(option === null || value === null ? null : { value, label: option.label });
        props.onChange(value);
      }}
      searchValue={search}
      onSearchChange={setSearch}
      error={query.isError ? t('orders.form.customersNotLoaded') : props.error}
      nothingFoundMessage={query.isFetching ? t('orders.form.looking') : t('orders.form.nobodyFound')}
    />
  );
}
