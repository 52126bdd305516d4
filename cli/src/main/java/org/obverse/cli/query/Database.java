package org.obverse.cli.query;

import java.util.List;
import java.util.ServiceLoader;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/** A database in memory, of which there is one if its jar stands beside the command. */
public interface Database {
    /**
     * Asks about some tables. Nothing outside of them can be read or written by the query.
     *
     * @param sql one statement
     * @throws InvalidConfigurationException if the database refuses it, in its words
     */
    Answer query(List<Relation> relations, String sql);

    /** A table as a Parquet file: texts as UTF-8 strings, numbers as doubles, and null where there is nothing. */
    byte[] parquet(Relation relation);

    /**
     * The one that stands beside the command.
     *
     * @param wanted what cannot be done without it
     * @throws InvalidConfigurationException if there is none, with how to get it
     */
    static Database find(String wanted) {
        return ServiceLoader.load(Database.class)
                .findFirst()
                .orElseThrow(() -> new InvalidConfigurationException(new Problem(
                        wanted,
                        "needs DuckDB, which does not come with the command",
                        "run 'mvn -Pquery -pl cli/query -am -Dmaven.test.skip=true package' once, where Obverse's pom.xml is;"
                                + " it downloads 80 MB")));
    }
}
