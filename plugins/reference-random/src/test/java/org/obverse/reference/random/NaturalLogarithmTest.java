package org.obverse.reference.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NaturalLogarithmTest {
    private static final MathContext DIGITS = new MathContext(50);
    private static final BigDecimal LN_2 =
            artanh(BigDecimal.ONE.divide(BigDecimal.valueOf(3), DIGITS)).multiply(BigDecimal.valueOf(2), DIGITS);

    @Test
    void it_is_the_double_next_to_the_logarithm() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3000; i++) {
            double x = i % 2 == 0 ? random.nextDouble() : Math.scalb(1 + random.nextDouble(), random.nextInt(-60, 60));

            assertEquals(reference(x), NaturalLogarithm.of(x), "log " + x);
        }
    }

    @Test
    void it_is_exact_at_one_and_right_beside_it() {
        assertEquals(0, NaturalLogarithm.of(1));
        for (double x :
                new double[] {Math.nextDown(1.0), Math.nextUp(1.0), Math.sqrt(0.5), Math.sqrt(2), 0.5, 0x1p-105}) {
            assertEquals(reference(x), NaturalLogarithm.of(x), "log " + x);
        }
    }

    /** In 50 digits, of which subtraction near 1 takes no more than 16. */
    private static double reference(double x) {
        int k = Math.getExponent(x);
        BigDecimal m = new BigDecimal(Math.scalb(x, -k));
        BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
        return artanh(s)
                .multiply(BigDecimal.valueOf(2), DIGITS)
                .add(LN_2.multiply(BigDecimal.valueOf(k), DIGITS), DIGITS)
                .doubleValue();
    }

    private static BigDecimal artanh(BigDecimal s) {
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal power = s;
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 1; i < 120; i += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum;
    }
}
