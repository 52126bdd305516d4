package org.obverse.engine.record;

import java.util.List;
import org.obverse.api.metric.Measurement;

/** What became of one metric. */
public sealed interface Score {
    /** The metric's name, with a number behind it if the plan asks for several of that name: {@code attack-accuracy/2}. */
    String metric();

    /**
     * It measured.
     *
     * @param subject of whom it says how well they did
     * @param figures at least one
     * @param tables figures per class
     * @param charts values to be drawn
     * @param accepted what is against these figures and is accepted by the plan, such as {@code weak-judge (judge: 71.2 % of its
     *     own test images, less than 90 %)}
     */
    record Measured(
            String metric,
            Subject subject,
            List<Measurement.Figure> figures,
            List<Measurement.Table> tables,
            List<Picture> pictures,
            List<Measurement.Chart> charts,
            List<String> accepted)
            implements Score {
        public Measured {
            figures = List.copyOf(figures);
            tables = List.copyOf(tables);
            pictures = List.copyOf(pictures);
            charts = List.copyOf(charts);
            accepted = List.copyOf(accepted);
        }

        /** With nothing against them. */
        public Measured(
                String metric,
                Subject subject,
                List<Measurement.Figure> figures,
                List<Measurement.Table> tables,
                List<Picture> pictures,
                List<Measurement.Chart> charts) {
            this(metric, subject, figures, tables, pictures, charts, List.of());
        }
    }

    /** The same without pictures and charts. */
    default Score withoutPictures() {
        return this instanceof Measured measured
                ? new Measured(
                        measured.metric(),
                        measured.subject(),
                        measured.figures(),
                        measured.tables(),
                        List.of(),
                        List.of(),
                        measured.accepted())
                : this;
    }

    /** Who does better where a figure is better. */
    enum Subject {
        /** The metric judged what an attack found. */
        ATTACK,
        /** The metric judged a target, whatever attacked it. */
        TARGET
    }

    /** It declared itself undefined, or the engine refused to measure. */
    record Undefined(String metric, String reason) implements Score {}

    /** A picture that a metric drew. */
    record Picture(String name, String caption, Raster pixels) {}
}
