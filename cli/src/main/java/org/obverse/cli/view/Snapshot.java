package org.obverse.cli.view;

import java.util.List;
import java.util.Map;

/**
 * What a page shows of a run at one moment: plain data, written to it as JSON.
 *
 * @param outcome how it ended, in lower case; empty as long as it goes on
 * @param reason why it is not done; empty if there is none
 * @param quiet seconds since the last event
 * @param counts units by state
 * @param left seconds of work that is left; negative if nothing is known of it
 * @param untimed units that {@code left} leaves out, because none of their slot has been timed yet
 * @param tasks outside of units that are under way
 * @param cells as many as a page bears, in the study's order
 * @param units likewise, those that are worked on or failed before others, in the graph's order
 * @param omitted cells and units that are left out
 * @param curves of what is worked on and of what was finished last, the latest first
 * @param pictures the latest first
 */
record Snapshot(
        String name,
        String outcome,
        String reason,
        double quiet,
        Map<String, Integer> counts,
        double left,
        int untimed,
        List<Task> tasks,
        List<Cell> cells,
        List<Unit> units,
        Omitted omitted,
        List<Curve> curves,
        List<Picture> pictures) {
    /** How far work outside of units is. */
    record Task(String name, long done, long total) {}

    /** What a page does not show because there is too much of it. */
    record Omitted(int cells, int units) {}

    /**
     * A plan of the study.
     *
     * @param counts its units by state
     */
    record Cell(String name, Map<String, String> coordinates, Map<String, Integer> counts) {}

    /**
     * A unit.
     *
     * @param place in the graph's order, from 1
     * @param cells that it belongs to
     * @param seconds that it took, or has taken so far; negative if nobody has seen it
     * @param reason why it failed or was lost; empty if there is none
     */
    record Unit(
            int place,
            String name,
            String component,
            List<String> cells,
            String state,
            long done,
            long total,
            double seconds,
            Map<String, Double> figures,
            String reason) {}

    /**
     * A figure of a unit.
     *
     * @param over epochs, steps or whatever the unit counts
     * @param points pairs of position and value
     */
    record Curve(String unit, List<String> cells, String name, String over, List<double[]> points) {}

    /**
     * A picture.
     *
     * @param file its name below {@code pictures/}
     * @param width in pixels
     */
    record Picture(String unit, List<String> cells, String component, String file, int width, int height) {}
}
