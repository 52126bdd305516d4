package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;
import org.obverse.cli.report.defense.Evidence;
import org.obverse.cli.report.defense.Verification;
import org.obverse.cli.report.study.ReportedStudy;
import org.obverse.cli.report.study.Setting;

/** What whoever reads a table of a study must know, where the table leaves the program. */
public final class TableNotes {
    private TableNotes() {}

    /**
     * What the plan accepts, and which defenses are not proven and why.
     *
     * @param settings of the study
     */
    public static List<String> of(ReportedStudy study, List<Setting> settings) {
        List<String> notes = new ArrayList<>(study.accepted());
        if (Evidence.isAbout(study)) {
            Evidence evidence = Evidence.of(study, settings, VerdictSection.main(settings));
            evidence.attacked().stream()
                    .filter(target -> target.model().isDefended())
                    .filter(target -> !evidence.verification(target).isVerified())
                    .forEach(target -> notes.add("%s: %s; %s"
                            .formatted(
                                    Verification.UNVERIFIED,
                                    target.label(),
                                    evidence.verification(target).reason())));
        }
        return notes;
    }
}
