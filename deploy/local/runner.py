"""Start a cluster, follow it, and end every process of it again."""

import signal
import traceback
from functools import partial
from pathlib import Path
from typing import NoReturn

from deploy.local import (
    edition,
    environment,
    leftovers,
    plan,
    postgres,
    programs,
    rewrites,
    state,
    valkey,
)
from deploy.local.crew import Crew
from deploy.local.desk import Desk, Visitor
from deploy.local.door import Door
from deploy.local.edition import Edition
from deploy.local.ports import LOOPBACK, bind_problem, free_ports
from deploy.local.problem import StartError, Told
from deploy.local.ready import Answer, ask
from deploy.local.scale import Scale
from deploy.local.server import Server
from deploy.local.supervisor import SILENT, program_of

FOLLOW_S = 1.0


class Runner:
    """Hold one run, from its first process to its last."""

    def __init__(self, root: Path, given: dict[str, str]) -> None:
        self._root = root
        self._folders = environment.folders_of(root, given)
        port = environment.number(given, "PORT", 8080, environment.PORTS)
        self._port = port or free_ports(1)[0]
        self._web = environment.number(given, "WEB", 2, environment.WEB)
        self._url = f"http://{LOOPBACK}:{self._port}"
        self._crew = Crew(root, self._folders, self._url)
        self._door = Door(self._folders, self._port, self._crew)

    def run(self) -> NoReturn:
        """Start and follow; whatever happens, nothing of it is left.

        Raises:
            StartError: something is missing, wrong or dead.
            Told: somebody said to stop.
        """
        self._folders.make()
        with state.hold(self._folders):
            leftovers.end(self._folders.var)
            problem = bind_problem(self._port)
            if problem:
                raise StartError(f"port {self._port}: {problem} (PORT= takes another)")
            self._servers = self._embedded(environment.given(self._root))
            first = self._read()
            try:
                self._start(first)
                self._follow(first)
            finally:
                self._end()

    # start

    def _embedded(self, given: dict[str, str]) -> list[Server]:
        var, made = self._folders.var, []
        if "DATABASE_URL" not in given:
            sockets = self._folders.sockets / "postgres"
            made.append(postgres.server(var / "postgres", sockets))
        if "REDIS_STATE_URL" not in given:
            socket = self._folders.sockets / "valkey.sock"
            made.append(valkey.server(var / "valkey", free_ports(1)[0], socket=socket))
        return made

    def _read(self) -> Edition:
        """Read Procfile, settings and code as they are on disk now."""
        env = environment.complete(
            environment.given(self._root),
            folders=self._folders,
            port=self._port,
            servers={server.name: server for server in self._servers},
        )
        mark = {environment.MARK: str(self._folders.var)}
        return edition.read(self._root, self._folders, env | mark)

    def _start(self, first: Edition) -> None:
        names = plan.first(first.kinds(), {programs.WEB: self._web})
        play = first.programs(names, free_ports(len(names)))
        edge = programs.edge(self._root, first.procfile, self._port)
        servers = [program_of(server) for server in self._servers]
        self._crew.open([*servers, *play, edge], first.env)
        self._crew.run([server.name for server in servers])
        for server in self._servers:
            self._crew.wait(server.name, partial(_asked, server))
            if server.name == valkey.NAME:
                rewrites.watch(server.directory)
        first.migrate(self._crew.log(programs.RELEASE), self._crew.pulse)
        web = [one for one in play if one.port]
        self._door.write(web, first.env)
        self._crew.run([*names, edge.name])
        for one in [*web, edge]:
            self._crew.wait(one.name, partial(ask, one.port))
        self._crew.mark(self._crew.names, state.PLAYING)
        edition.forget_others(first)

    # follow

    def _follow(self, first: Edition) -> NoReturn:
        scale = Scale(self._crew, self._door, first, self._read)
        with Desk(self._folders) as desk:
            self._crew.publish(environment.own(first.env))
            print(f"Galactic Dominion runs at {self._url} (Ctrl-C ends it)", flush=True)
            while True:
                visitor = desk.wait(FOLLOW_S)
                self._crew.pulse()
                if visitor is not None:
                    self._crew.on_pulse = desk.turn_away
                    self._serve(visitor, scale)
                    self._crew.on_pulse = _nothing

    def _serve(self, visitor: Visitor, scale: Scale) -> None:
        """Do what was asked; what went wrong with it is the visitor's to hear."""

        def say(text: str) -> None:
            print(text, flush=True)
            visitor.say(text)

        try:
            match visitor.read():
                case {"do": "scale", "words": [*words]}:
                    scale.scale([str(word) for word in words], say)
                case {"do": "deploy"}:
                    scale.deploy(say)
                case _:
                    raise StartError("invalid: it is not clear what is asked for")
        except (StartError, *SILENT) as error:
            _refuse(visitor, str(error))
        except Exception as error:  # noqa: BLE001 - it ends a request, not the cluster
            traceback.print_exc()
            _refuse(visitor, f"internal: {type(error).__name__}: {error}")
        else:
            visitor.thank()

    # end

    def _end(self) -> None:
        """Stop nginx, then the game, then its servers. A second signal cuts in."""
        servers = [server.name for server in self._servers]
        apart = {programs.EDGE, *servers}
        play = [name for name in self._crew.names if name not in apart]
        try:
            for tier in ([programs.EDGE], play, servers):
                self._crew.stop(tier)
        except (Told, StartError, *SILENT):
            pass
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self._crew.end()
            leftovers.end(self._folders.var)
            self._folders.clear()


def _asked(server: Server) -> Answer:
    return Answer(is_ready=server.answers(), text="")


def _refuse(visitor: Visitor, why: str) -> None:
    print(f"refused: {why}", flush=True)
    visitor.refuse(why)


def _nothing() -> None:
    """Do nothing while nobody is served."""
