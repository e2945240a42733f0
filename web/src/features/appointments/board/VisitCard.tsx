import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { appointmentStatus } from '../../../components/appointment-words.ts';
import { Icon } from '../../../components/Icon.tsx';
import { t } from '../../../lib/t.ts';
import { timesWords } from '../when-words.ts';
import type { BoardVisit } from './board-rows.ts';
import { absenceWords, clashWords, visitName } from './board-words.ts';
import type { Cell } from './carrying.ts';
import type { Carrying } from './use-carrying.ts';
import classes from './WeekBoard.module.css';

/** One visit on the board; scheduled ones can be moved. */
export function VisitCard(props: { visit: BoardVisit; cell: Cell; carrying: Carrying }): ReactElement {
  const { visit, cell, carrying } = props;
  const { appointment, clashes, absence } = visit;
  const movable = appointment.status === 'scheduled';
  const { tone, word, icon } = appointmentStatus(appointment);
  const troubles = [absenceWords(absence), clashWords(clashes)].filter((words) => words !== null);
  const lifted = carrying.carried?.appointment.id === appointment.id;
  return (
    <li className={classes.visit} data-tone={troubles.length === 0 ? tone : 'warn'} data-lifted={lifted || undefined}>
      <Link
        to="/appointments/$id"
        params={{ id: appointment.id }}
        className={classes.open}
        draggable={movable}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', visitName(appointment));
          carrying.beginDrag(appointment, cell);
        }}
        onDragEnd={carrying.endDrag}
      >
        <span className={classes.times}>{timesWords(appointment)}</span>
        <span className={classes.what}>{visitName(appointment)}</span>
      </Link>
      {!movable && (
        <span className={classes.note}>
          <Icon name={icon} size={15} />
          {word}
        </span>
      )}
      {troubles.map((words) => (
        <span key={words} className={classes.note}>
          <Icon name="alert" size={15} />
          {words}
        </span>
      ))}
      {movable && (
        <UnstyledButton
          className={classes.move}
          aria-label={t('board.moveVisitAt', { visit: visitName(appointment), times: timesWords(appointment) })}
          aria-pressed={lifted}
          onKeyDown={(event) => carrying.onKeyDown(event, appointment, cell)}
          onKeyUp={(event) => {
            // A button is pressed when space comes up; here it has lifted the visit already.
            if (event.key === ' ') event.preventDefault();
          }}
          onBlur={carrying.onBlur}
          onClick={() => carrying.ask(appointment, cell)}
        >
          {t('board.move')}
        </UnstyledButton>
      )}
    </li>
  );
}
