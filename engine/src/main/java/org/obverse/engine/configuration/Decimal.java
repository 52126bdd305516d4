package org.obverse.engine.configuration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as plans and digests write them. */
final class Decimal {
    private Decimal() {}

    /** The narrowest of Integer, Long, BigInteger and Double that holds the same number of the same sort. */
    static Number normal(Number number) {
        if (number instanceof Double) {
            return number;
        }
        if (number instanceof Float) {
            return Double.parseDouble(number.toString());
        }
        BigInteger whole = number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? whole.longValue() : whole;
    }

    static String text(Number number) {
        return number instanceof Double value ? text(value.doubleValue()) : number.toString();
    }

    /**
     * The shortest decimal that reads back as the same double, always with a point or an exponent. {@link
     * Double#toString} is not used because its digits changed with Java 19, and digests are made of this.
     */
    private static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        return layout(shortest.stripTrailingZeros());
    }

    private static String layout(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        if (exponent >= -4 && exponent < 10) {
            String plain = value.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = value.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "0" : digits.substring(1);
        return String.format(
                Locale.ROOT, "%s%s.%se%d", value.signum() < 0 ? "-" : "", digits.charAt(0), fraction, exponent);
    }
}
