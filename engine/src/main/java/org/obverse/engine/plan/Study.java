package org.obverse.engine.plan;

import java.util.List;

/**
 * Plans with one report. A plan without {@code study} is a study of one cell.
 *
 * @param cells one per combination of the axes' values, the first axis outermost; at least one
 */
public record Study(String name, List<Cell> cells) {
    public Study {
        cells = List.copyOf(cells);
    }
}
