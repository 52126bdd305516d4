package org.obverse.api.control;

import org.obverse.api.attack.Candidates;

/**
 * What is judged as if an attack had delivered it, though no search found it: a row of every table of the attack, by which one sees what
 * its figures are worth. A control belongs to the evaluation, not to the attacker: it may read private images, and its draws hang on the
 * evaluation's seed. One instance serves a study; it is called once per attack that it is compared with, also concurrently.
 */
public interface Control {
    /** What a figure of its candidates says; always the same. */
    Role role();

    /**
     * Images of a control that declares a generator, or reads the attack's candidates, are taken for the generator's and cropped as those are
     * where a judge crops; those of any other show what the data show.
     *
     * @return candidates of every class of the context, one class behind the other in the order of the request; of a class as many as the
     *     attack delivered, or fewer where no more exist
     * @throws org.obverse.api.plugin.InvalidConfigurationException if there is none for a class
     */
    Candidates candidates(ControlContext context);

    /** What a figure is compared with. */
    enum Role {
        /** What one gets without the search: an attack that is no better found nothing. */
        NULL,
        /** What one would get if the secret itself were delivered. */
        CEILING
    }
}
