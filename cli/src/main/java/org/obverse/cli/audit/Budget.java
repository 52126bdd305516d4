package org.obverse.cli.audit;

import java.util.Locale;

/** How long an audit's attacks may search. */
public enum Budget {
    /**
     * Minutes on embedded faces, with the settings of the plans that the README compares attacks by. Enough for an order of attacks, not
     * for the most that each can find.
     */
    SMALL(
            "candidates: 3, results: 2",
            "pool: 1000, truncation-psi: 0.7",
            "steps: 50",
            "iterations: 10",
            "draws: 500",
            "iterations: 40, iterations-per-radius: 15",
            "pool: 1000",
            "generations: 60",
            "count: 1, epochs: 10, batch: 32, learning-rate: 0.05",
            1,
            "images: 100"),
    /** Every attack as published, and every adapted loss there is. */
    PAPER("", "", "", "", "", "", "", "", "", 3, "");

    private static final int ONE = 1;

    private final String ppa;
    private final String pool;
    private final String descent;
    private final String selection;
    private final String rejection;
    private final String spheres;
    private final String evolution;
    private final String generations;
    private final String surrogates;
    private final int networks;
    private final String geometry;

    Budget(
            String ppa,
            String pool,
            String descent,
            String selection,
            String rejection,
            String spheres,
            String evolution,
            String generations,
            String surrogates,
            int networks,
            String geometry) {
        this.ppa = ppa;
        this.pool = pool;
        this.descent = descent;
        this.selection = selection;
        this.rejection = rejection;
        this.spheres = spheres;
        this.evolution = evolution;
        this.generations = generations;
        this.surrogates = surrogates;
        this.networks = networks;
        this.geometry = geometry;
    }

    /** How many adapted losses are tried for each defense. */
    int adaptations() {
        return this == SMALL ? ONE : Integer.MAX_VALUE;
    }

    /** PPA with a loss, as YAML. */
    String ppa(String loss) {
        return ppa("", "", loss);
    }

    /** PPA with a loss that a certain target does not saturate; so that neither its first nor its last stage does, they rank by margin. */
    String adapted(String loss) {
        return ppa("", "by: margin", loss);
    }

    /** PPA that takes its gradients from networks which learned the target's scores of public images. */
    String transfer() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < networks; i++) {
            names.append(i == 0 ? "" : ", ").append("surrogate-").append(i);
        }
        return ppa(
                "prepare: " + flow("use: surrogates", surrogates) + ", ",
                "",
                "{ use: ensemble, loss: cross-entropy, networks: [ " + names + " ], target: 0 }");
    }

    private String ppa(String prepare, String ranking, String loss) {
        return flow(
                "use: ppa",
                ppa,
                "stages: { " + prepare + "sample: " + flow(pool, ranking) + ", optimize: "
                        + flow("loss: " + loss, descent) + ", select: " + flow(selection, ranking) + " }");
    }

    /** BREP-MI, from labels alone. */
    String labels() {
        return flow(
                "use: brep-mi",
                "prior: planned",
                "stages: { sample: " + flow(rejection) + ", optimize: " + flow(spheres) + " }");
    }

    /** CMA-ES, from scores. */
    String scores() {
        return flow("use: cma-es", evolution, "stages: { optimize: " + flow(generations) + " }");
    }

    /** The metric that says whether the target's gradients lead anywhere, without brackets. */
    String geometry() {
        return geometry.isEmpty() ? "use: loss-geometry" : "use: loss-geometry, " + geometry;
    }

    private static String flow(String... keys) {
        StringBuilder text = new StringBuilder("{ ");
        String separator = "";
        for (String key : keys) {
            if (!key.isEmpty()) {
                text.append(separator).append(key);
                separator = ", ";
            }
        }
        return text.append(" }").toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
