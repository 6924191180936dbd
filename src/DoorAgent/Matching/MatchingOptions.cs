using DoorAgent.Hardware.Settings;

namespace DoorAgent.Matching;

/// <summary>How strict matching is, stated as error rates (behaviour.md, section 1).</summary>
internal sealed class MatchingOptions : ICheckedOptions
{
    public static string Section => "Matching";

    /// <value>Verification: false match rate of one claim; 1e-12 to 1e-3, default 1e-5.</value>
    public double Fmr { get; set; } = 1e-5;

    /// <value>Identification: rate at which somebody who is not enrolled is taken for anybody; 1e-12 to 1e-2, default 1e-3.</value>
    public double Fpir { get; set; } = 1e-3;

    /// <value>Identification: by how much the nearest person must be nearer than the second; 0 to 1, default 0.10.</value>
    public double Margin { get; set; } = 0.10;

    /// <value>A raw distance instead of the rates; above 0 to 2, default none. Only on simulated hardware and the command line.</value>
    [Unset("none")]
    public double? Distance { get; set; }

    public void Check(OptionErrors errors)
    {
        errors.Range(nameof(Fmr), Fmr, 1e-12, 1e-3);
        errors.Range(nameof(Fpir), Fpir, 1e-12, 1e-2);
        errors.Range(nameof(Margin), Margin, 0, 1);
        if (Distance is { } distance)
            errors.Require(distance is > 0 and <= 2, nameof(Distance), distance, "above 0, up to 2: no distance is below 0, and nobody would ever be let in");
    }
}
