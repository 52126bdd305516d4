package org.obverse.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.obverse.api.event.RunListener;
import org.obverse.cli.view.LiveView;
import org.obverse.cli.view.ViewServer;
import picocli.CommandLine.Option;

/** Whether a run is shown in a browser. */
final class ViewOption {
    @Option(
            names = "--view",
            description =
                    "Serve a live page of the run to browsers on this machine, as long as it lasts; the address is"
                            + " printed.")
    private boolean given;

    boolean isGiven() {
        return given;
    }

    /**
     * Opens the page, if it is wanted.
     *
     * @param run its name
     */
    Opened open(String run, PrintWriter out) {
        if (!given) {
            return new Opened(Optional.empty(), Optional.empty());
        }
        LiveView view = new LiveView(run);
        ViewServer server = new ViewServer(view);
        out.println("Live view, until the run ends:");
        out.println(server.address());
        out.flush();
        return new Opened(Optional.of(view), Optional.of(server));
    }

    /** The page of a run, or none. */
    record Opened(Optional<LiveView> view, Optional<ViewServer> server) implements AutoCloseable {
        /** All that show the run. */
        List<RunListener> beside(RunListener display) {
            List<RunListener> all = new ArrayList<>(List.of(display));
            view.ifPresent(all::add);
            return all;
        }

        @Override
        public void close() {
            server.ifPresent(ViewServer::close);
        }
    }
}
