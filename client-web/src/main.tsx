import './style/index.css';
import { render } from 'preact';
import { openDoorway } from './keep/open_doorway';
import { App } from './view/app';
import { followHistory } from './view/stage';

followHistory();
render(<App doorway={openDoorway()} />, document.getElementById('app')!);
