using DoorAgent.Hardware.Settings;

namespace DoorAgent.Matching;

/// <summary>How strict matching is, stated as error rates (behaviour.md, section 1).</summary>
internal sealed class MatchingOptions : ICheckedOptions
{
    public static string Section => "Matching";

    [Setting("Verification: the false match rate of one claim."), Range(1e-12, 1e-3)]
    public double Fmr { get; set; } = 1e-5;

    [Setting("Identification: the rate at which somebody who is not enrolled is taken for anybody."), Range(1e-12, 1e-2)]
    public double Fpir { get; set; } = 1e-3;

    [Setting("Identification: by how much the nearest person must be nearer than the second."), Range(0, 1)]
    public double Margin { get; set; } = 0.10;

    [Setting("A raw distance instead of the rates. Only on simulated hardware and the command line.")]
    [Range(0, 2, IsMinExcluded = true, Why = "no distance is below 0, and nobody would ever be let in")]
    [Unset("none")]
    public double? Distance { get; set; }

    /// <summary>The same options with another raw distance; the door's own stay as they are.</summary>
    public MatchingOptions WithDistance(double? distance)
    {
        MatchingOptions options = (MatchingOptions)MemberwiseClone();
        options.Distance = distance;
        return options;
    }
}
