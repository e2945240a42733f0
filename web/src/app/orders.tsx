import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { NewOrderPage } from '../features/orders/NewOrderPage.tsx';
import { OrderPage } from '../features/orders/OrderPage.tsx';
import { OrdersPage } from '../features/orders/OrdersPage.tsx';

const list = getRouteApi('/members/orders');
const one = getRouteApi('/members/orders/$id');

export function OrdersRoute(): ReactElement {
  const { status } = list.useSearch();
  const navigate = list.useNavigate();
  return <OrdersPage status={status} onStatus={(next) => void navigate({ search: { status: next }, replace: true })} />;
}

export function OrderRoute(): ReactElement {
  const { id } = one.useParams();
  return <OrderPage key={id} id={id} />;
}

export function NewOrderRoute(): ReactElement {
  const router = useRouter();
  return <NewOrderPage onMade={(id) => router.navigate({ to: '/orders/$id', params: { id } })} />;
}
