package org.obverse.plugins.controls;

import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.inversion.Framing;

/** How {@code best-of-n} draws and asks. */
public record BestSettings(
        @Meaning(
                "truncation of style vectors, in all rows: the share of the distance from the average that is kept; 1 keeps all, as generators"
                        + " without styles do")
        double truncationPsi,

        @Meaning(
                "side of the central square that the target is shown, in pixels of the generator; 0 shows the whole image; that of the attack, or"
                        + " the null is weaker than it could be")
        int centerCrop)
        implements Checked {
    public static final BestSettings DEFAULT = new BestSettings(PriorSettings.WHOLE, 0);

    Framing framing() {
        return new Framing(centerCrop, 0);
    }

    @Override
    public List<Problem> check() {
        return new Problems()
                .all(PriorSettings.check(truncationPsi))
                .all(framing().check())
                .list();
    }
}
