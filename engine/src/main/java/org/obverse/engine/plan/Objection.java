package org.obverse.engine.plan;

import org.obverse.api.plugin.Problem;

/**
 * What is against an evaluation.
 *
 * @param finding what was seen, with its subject: {@code judge: 71.2 % of its own test images, less than 90 %}
 */
public record Objection(Ground ground, String finding) {
    /** As a problem of the plan. */
    public Problem problem(String path) {
        return new Problem(path, finding, ground.wayOut());
    }

    /** Why there is no figure, with the way out. */
    public String refusal() {
        return "refused as " + ground.label() + ": " + finding + "; " + ground.wayOut();
    }

    /** As it stands below every table. */
    public String accepted() {
        return ground.label() + " (" + finding + ")";
    }
}
