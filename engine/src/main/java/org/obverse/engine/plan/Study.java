package org.obverse.engine.plan;

import java.util.List;
import org.obverse.engine.configuration.Node;

/**
 * Plans with one report. A plan without {@code study} is a study of one cell.
 *
 * @param cells one per combination of the axes' values, the first axis outermost; at least one
 * @param source the keys that it was read from, overrides included
 */
public record Study(String name, List<Cell> cells, Node.Mapping source) {
    public Study {
        cells = List.copyOf(cells);
    }
}
