using System.Numerics;

namespace IndicatorCore.Aggregation.Exact;

/// <summary>
/// Powers in decibels relative to a milliwatt and back, in integers alone (indicator-definitions 1.5): levels are taken at 0.1 dB, powers at
/// 10⁻³³ mW, logarithms to 30 digits.
/// </summary>
internal static class Decibels
{
    /// <summary>Decimal places of powers.</summary>
    public const int PowerScale = 33;

    /// <summary>The least level whose power the scale holds to 17 digits, in 0.1 dBm: the least SS-RSRP is −156 dBm.</summary>
    public const int LeastLevel = -1_600;

    private const long MicrosPerTenth = 100_000;
    private const int TableScale = 17;
    private const int LogarithmBits = 110;
    private const int WorkingBits = 384;   // a bit is lost each time a number is squared

    // 10^(i/100) · 10¹⁷ to the nearest integer: the powers from 0 to 9.9 dBm
    private static readonly long[] s_powers =
    [
        100_000_000_000_000_000, 102_329_299_228_075_413, 104_712_854_805_089_953, 107_151_930_523_760_642, 109_647_819_614_318_501,
        112_201_845_430_196_344, 114_815_362_149_688_275, 117_489_755_493_952_954, 120_226_443_461_741_291, 123_026_877_081_238_153,
        125_892_541_179_416_721, 128_824_955_169_313_396, 131_825_673_855_640_710, 134_896_288_259_165_361, 138_038_426_460_288_484,
        141_253_754_462_275_430, 144_543_977_074_592_751, 147_910_838_816_820_742, 151_356_124_843_620_816, 154_881_661_891_248_134,
        158_489_319_246_111_349, 162_181_009_735_892_997, 165_958_690_743_756_063, 169_824_365_246_174_435, 173_780_082_874_937_547,
        177_827_941_003_892_280, 181_970_085_860_998_344, 186_208_713_666_286_745, 190_546_071_796_324_718, 194_984_459_975_804_532,
        199_526_231_496_887_960, 204_173_794_466_952_933, 208_929_613_085_403_948, 213_796_208_950_223_210, 218_776_162_394_955_256,
        223_872_113_856_833_961, 229_086_765_276_777_305, 234_422_881_531_992_212, 239_883_291_901_949_047, 245_470_891_568_503_036,
        251_188_643_150_958_011, 257_039_578_276_886_380, 263_026_799_189_538_192, 269_153_480_392_691_572, 275_422_870_333_816_645,
        281_838_293_126_445_382, 288_403_150_312_660_594, 295_120_922_666_638_571, 301_995_172_040_201_620, 309_029_543_251_359_052,
        316_227_766_016_837_933, 323_593_656_929_628_263, 331_131_121_482_591_094, 338_844_156_139_202_547, 346_736_850_452_531_639,
        354_813_389_233_575_458, 363_078_054_770_101_342, 371_535_229_097_172_539, 380_189_396_320_561_196, 389_045_144_994_280_601,
        398_107_170_553_497_251, 407_380_277_804_112_731, 416_869_383_470_335_402, 426_579_518_801_592_658, 436_515_832_240_165_967,
        446_683_592_150_963_119, 457_088_189_614_875_029, 467_735_141_287_198_194, 478_630_092_322_638_344, 489_778_819_368_446_196,
        501_187_233_627_272_285, 512_861_383_991_364_856, 524_807_460_249_772_597, 537_031_796_370_252_731, 549_540_873_857_624_552,
        562_341_325_190_349_080, 575_439_937_337_156_930, 588_843_655_355_588_967, 602_559_586_074_357_747, 616_595_001_861_482_166,
        630_957_344_480_193_249, 645_654_229_034_655_516, 660_693_448_007_596_007, 676_082_975_391_981_771, 691_830_970_918_936_488,
        707_945_784_384_137_911, 724_435_960_074_990_064, 741_310_241_300_917_515, 758_577_575_029_183_769, 776_247_116_628_691_734,
        794_328_234_724_281_502, 812_830_516_164_099_247, 831_763_771_102_671_006, 851_138_038_202_376_468, 870_963_589_956_080_638,
        891_250_938_133_745_530, 912_010_839_355_909_742, 933_254_300_796_991_044, 954_992_586_021_435_950, 977_237_220_955_810_683,
    ];

    /// <summary>A level at 10⁻⁶ dB in 0.1 dB, ties to the even one.</summary>
    public static int Tenths(long level)
    {
        var (tenths, rest) = Math.DivRem(Math.Abs(level), MicrosPerTenth);
        tenths += 2 * rest > MicrosPerTenth || (2 * rest == MicrosPerTenth && (tenths & 1) != 0) ? 1 : 0;
        return checked((int)(level < 0 ? -tenths : tenths));
    }

    /// <summary>The power of a level, at 10⁻³³ mW.</summary>
    /// <param name="tenths">The level in 0.1 dBm, from <see cref="LeastLevel"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is below.</exception>
    public static BigInteger Power(int tenths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tenths, LeastLevel);
        var decades = (int)Math.Floor(tenths / 100m);
        return s_powers[tenths - (100 * decades)] * BigInteger.Pow(10, PowerScale - TableScale + decades);
    }

    /// <summary>The level in dBm of a power, the nearest double.</summary>
    /// <param name="numerator">Numerator of the power in mW, above 0.</param>
    /// <param name="denominator">Its denominator, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is not above 0.</exception>
    public static double Level(BigInteger numerator, BigInteger denominator) =>
        ExactRatio.ToDouble(10 * Logarithm(numerator, denominator), BigInteger.One << LogarithmBits);

    // log₁₀ at 2⁻¹¹⁰: the integer part by comparison, then a bit each time the remaining factor in [1, 10) is squared
    private static BigInteger Logarithm(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numerator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        BigInteger whole = 0;
        for (; numerator >= 10 * denominator; whole++)
        {
            denominator *= 10;
        }

        for (; numerator < denominator; whole--)
        {
            numerator *= 10;
        }

        var one = BigInteger.One << WorkingBits;
        var ten = 10 * one;
        var factor = (numerator << WorkingBits) / denominator;
        for (var bit = 0; bit < LogarithmBits; bit++)
        {
            factor = (factor * factor) >> WorkingBits;
            whole <<= 1;
            if (factor >= ten)
            {
                whole += BigInteger.One;
                factor /= 10;
            }
        }

        return whole;
    }
}
