package org.obverse.cli;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.query.Database;
import picocli.CommandLine.Option;

/** What tables are written as beside CSV and LaTeX. */
final class FormatOption {
    private enum Format {
        PARQUET
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Write the tables in one more format: ${COMPLETION-CANDIDATES}.")
    private List<Format> formats = new ArrayList<>();

    boolean isGiven() {
        return !formats.isEmpty();
    }

    /**
     * That write it; none if CSV and LaTeX are enough.
     *
     * @throws org.obverse.api.plugin.InvalidConfigurationException if none was built
     */
    List<Database> databases() {
        return formats.contains(Format.PARQUET) ? List.of(Database.find("--format parquet")) : List.of();
    }
}
