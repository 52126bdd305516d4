package org.obverse.engine.plan;

import java.util.List;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.configuration.Node.Mapping;

/**
 * Where in a plan's text its keys stand.
 *
 * @param source the plan's tree, with what models take over by {@code like}
 */
record Lines(Mapping source) {
    List<Problem> of(List<Problem> problems) {
        return problems.stream().map(this::of).toList();
    }

    private Problem of(Problem problem) {
        String path = written(problem.path());
        return new Problem(path, source.line(path), problem.message(), problem.wayOut());
    }

    /** A model called {@code target} may stand among others. */
    String written(String path) {
        boolean ofTarget = path.equals(ModelEntries.TARGET) || path.startsWith(ModelEntries.TARGET + ".");
        return ofTarget && source.get(ModelEntries.TARGETS).isPresent() ? ModelEntries.TARGETS + "." + path : path;
    }
}
