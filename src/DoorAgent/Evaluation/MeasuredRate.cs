namespace DoorAgent.Evaluation;

/// <summary>A rate with its interval, computed once: the bounds of millions of trials take a tenth of a second.</summary>
/// <param name="Errors">Number of errors.</param>
/// <param name="Trials">Number of trials.</param>
/// <param name="Rate">Errors divided by trials, 0 to 1; null without a trial.</param>
/// <param name="Lower">Lower bound of the Clopper-Pearson interval at 95 %.</param>
/// <param name="Upper">Upper bound; without errors the rule of three gives nearly this number.</param>
internal sealed record MeasuredRate(long Errors, long Trials, double? Rate, double Lower, double Upper)
{
    public static MeasuredRate Of(ErrorRate rate) => new(rate.Errors, rate.Trials, rate.Rate, rate.Lower, rate.Upper);

    public static MeasuredRate Of(long errors, long trials) => Of(new ErrorRate(errors, trials));
}
