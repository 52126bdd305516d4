package org.obverse.api.event;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a listener may look at: a run as the facts that were told so far make it. Valid while the listener is being called; for
 * one that hears late it may know more than was told.
 */
public interface RunView {
    /** Of the study. */
    String name();

    /**
     * The study's own folder. When {@link RunListener#ended} is told of a run that was not interrupted, the report lies in it:
     * {@code report.html}, and {@code pictures.png} if there are pictures, unless writing them failed. A listener may keep a folder
     * of its own in it.
     */
    Path folder();

    /** In the study's order; empty until the run is planned. */
    List<Cell> cells();

    /** What a unit produced; empty as long as it is not finished. */
    Optional<Product> product(UnitName unit);

    /**
     * One plan of the study.
     *
     * @param coordinates its value on each axis, by the axis' dotted key; empty without axes
     * @param plan the resolved plan, YAML
     * @param units that it consists of, each behind its inputs; cells share what they have in common
     */
    record Cell(String name, Map<String, String> coordinates, String plan, List<UnitName> units) {
        public Cell {
            coordinates = Collections.unmodifiableMap(new LinkedHashMap<>(coordinates));
            units = List.copyOf(units);
        }
    }

    /**
     * A finished unit's product.
     *
     * @param artifact SHA-256 of its file
     * @param file a safetensors file, not to be changed
     */
    record Product(String artifact, Path file, Summary summary) {}
}
