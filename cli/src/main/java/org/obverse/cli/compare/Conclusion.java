package org.obverse.cli.compare;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.cli.figure.Finding;
import org.obverse.cli.figure.ValueFormat;
import org.obverse.engine.record.Score.Subject;

/** What can be concluded of one figure, in a sentence. */
public record Conclusion(Comparison comparison, ComparedFigure compared) {
    private static final double SMALLEST = 0.0001;

    public String sentence() {
        String name = compared.figure().name() + ": ";
        return name
                + switch (compared.verdict()) {
                    case EQUAL ->
                        "the same on both sides for each of " + compared.identities()
                                + " identities; a difference would show only with others.";
                    case REAL -> difference() + corrected() + ": " + consequence() + "the difference is real at 5 %.";
                    case LOST_AMONG_MANY ->
                        difference() + "; alone that would be p = "
                                + p(compared.finding().p())
                                + ", but" + corrected().substring(1)
                                + ": nothing can be concluded from one of so many.";
                    case OPEN ->
                        "nothing can be concluded: " + difference() + corrected() + "; a difference below "
                                + blindness() + " would often not have been seen with " + compared.identities()
                                + " identities.";
                };
    }

    /** One sentence for several figures of which nothing can be concluded. */
    static String open(List<Conclusion> figures) {
        return "Nothing can be concluded of these; differences below what stands behind each would often not have been"
                + " seen: "
                + figures.stream()
                        .map(open -> open.compared.figure().name() + " (" + open.blindness() + ")")
                        .collect(Collectors.joining(", "))
                + ".";
    }

    /** The size of a difference that such a comparison overlooks. */
    private String blindness() {
        ValueFormat format = format(compared);
        double detectable = compared.finding().detectable();
        return Double.isNaN(detectable) ? "any size" : format.of(detectable) + unit(format);
    }

    private String difference() {
        ValueFormat format = format(compared);
        double difference = compared.finding().difference();
        String direction = difference > 0 ? " higher" : " lower";
        String amount = difference == 0
                ? "no difference on average"
                : format.of(Math.abs(difference)) + unit(format) + direction + " than the baseline";
        return amount
                + (compared.isUniform()
                        ? ", by the same for every identity (sign test, no interval)"
                        : " " + interval(compared));
    }

    private String corrected() {
        boolean isLeast = compared.finding().p() <= 2.0 / comparison.draws() && !compared.isUniform();
        String p = p(compared.corrected());
        return ", p " + (p.startsWith("<") ? p : (isLeast ? "≤ " : "= ") + p)
                + (comparison.figures() == 1 ? "" : " after Holm over " + comparison.figures() + " figures");
    }

    private String consequence() {
        if (compared.figure().better() == Better.NEITHER) {
            return "";
        }
        return (compared.subject() == Subject.ATTACK ? "the attack " : "the target ")
                + (compared.isGain() ? "gained" : "lost") + "; ";
    }

    /** One for all values of a figure, so that they can be subtracted by eye. */
    static ValueFormat format(ComparedFigure compared) {
        return ValueFormat.of(compared.figure().unit(), List.of(compared.baseline(), compared.other()));
    }

    /** Behind a difference: points, where values are in per cent. */
    static String unit(ValueFormat format) {
        return format.sign().isEmpty() ? "" : " pp";
    }

    static String signed(ValueFormat format, double value) {
        String text = format.of(value);
        return value > 0 ? "+" + text : text;
    }

    static String interval(ComparedFigure compared) {
        ValueFormat format = format(compared);
        Finding finding = compared.finding();
        return Double.isNaN(finding.low())
                ? "–"
                : "[" + signed(format, finding.low()) + ", " + signed(format, finding.high()) + "]";
    }

    static String advantage(ComparedFigure compared) {
        double advantage = compared.advantage();
        return Double.isNaN(advantage)
                ? "–"
                : String.format(Locale.ROOT, "%+.1f %%", 100 * advantage).replace('-', '−');
    }

    static String p(double p) {
        return p < SMALLEST ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }
}
