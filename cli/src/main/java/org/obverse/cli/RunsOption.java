package org.obverse.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where runs lie. */
final class RunsOption {
    @Option(
            names = "--runs",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:OBVERSE_RUNS:-runs}",
            description = "The folder of all runs (default: $$OBVERSE_RUNS, else ./runs).")
    private Path folder = Path.of("runs");

    Path folder() {
        return folder;
    }
}
