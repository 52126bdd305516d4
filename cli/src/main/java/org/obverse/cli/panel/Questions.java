package org.obverse.cli.panel;

import java.nio.file.Path;
import java.util.List;

/** What is written beside panels. */
final class Questions {
    private Questions() {}

    /** For those who judge, people and multimodal models alike; it tells nothing of what the panels show. */
    static String forJudges(List<Panel> named) {
        return """
                Each of the %d pictures in the folder "%s" shows one picture under A and four under B.
                The four under B show one person. For every picture, answer:

                    Does A show the same person as B?

                with yes or no, or with refused if you give no answer. Look at each picture for itself.
                Write the answers into a file of comma-separated values, one line for each picture:

                    panel,answer
                    %s,yes
                """.formatted(named.size(), PanelFolder.PICTURES, named.get(0).name());
    }

    /** For whoever asks. */
    static String forUser(Path folder) {
        return """
                Hand out the folder "%s" and questions.txt. Keep %s to yourself: it says which panels show
                reconstructions, and which show real images, by which the judge is measured.
                The pictures under B are private images, and A may be one. Panels of real people leave this machine
                only by your hand, and only to whom those people and the terms of the data allow it: Obverse sends
                nothing anywhere.
                What the answers say: obverse judge RUN answers.csv --key '%s'
                """.formatted(PanelFolder.PICTURES, Key.FILE, folder);
    }
}
