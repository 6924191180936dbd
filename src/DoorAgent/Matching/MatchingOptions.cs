using DoorAgent.Hardware.Settings;
using DoorAgent.Networks;

namespace DoorAgent.Matching;

/// <summary>How strict matching is, stated as error rates (behaviour.md, section 1).</summary>
internal sealed class MatchingOptions : ICheckedOptions
{
    /// <summary>The margin where no other is set.</summary>
    public const double DefaultMargin = 0.10;

    public static string Section => "Matching";

    [Setting("Verification: the false match rate of one claim."), Range(1e-12, 1e-3)]
    public double Fmr { get; set; } = 1e-5;

    [Setting("Identification: the rate at which somebody who is not enrolled is taken for anybody."), Range(1e-12, 1e-2)]
    public double Fpir { get; set; } = 1e-3;

    [Setting("Identification: by how much the nearest person must be nearer than the second."), Range(0, 1)]
    public double Margin { get; set; } = DefaultMargin;

    [Setting("A raw distance instead of the rates. Only on simulated hardware and the command line.")]
    [Range(0, 2, IsMinExcluded = true, Why = "no distance is below 0, and nobody would ever be let in")]
    [Unset("none")]
    public double? Distance { get; set; }

    [Setting("Whether a rate below the smallest measured one of the encoder's table may come from the table's estimates. The strict end of "
        + "their intervals counts.")]
    public bool AcceptEstimates { get; set; }

    [Setting("Written by 'dooragent calibrate': the largest distance at this site. The table's distance holds where that is smaller.")]
    [Range(0, 2, IsMinExcluded = true, Why = "no distance is below 0, and nobody would ever be let in")]
    [Unset("none")]
    public double? SiteDistance { get; set; }

    [Setting("Written by 'dooragent calibrate': what SiteDistance was measured with (encoder, detector, rule), a colon, and the evidence.")]
    [Unset("none")]
    public string? SiteEvidence { get; set; }

    public void Check(OptionErrors errors) => errors.Require(SiteDistance is null == string.IsNullOrWhiteSpace(SiteEvidence),
        nameof(SiteDistance), SiteDistance,
        $"together with {Section}:{nameof(SiteEvidence)} only; 'dooragent calibrate --write' writes both");

    /// <summary>Names what a site's distance is measured with, as the beginning of the evidence.</summary>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <param name="detector">Catalogue id of the detector.</param>
    /// <param name="rule">Name of the rule of comparison.</param>
    public static string SiteOf(string encoder, string detector, string rule) =>
        $"{Catalogue.Embedded.MeasuredNameOf(encoder)} {Catalogue.Embedded.MeasuredNameOf(detector)} {rule}";

    /// <summary>Checks that the site's distance, where there is one, was measured with the networks in use: with others it means
    /// nothing.</summary>
    /// <inheritdoc cref="SiteOf"/>
    /// <exception cref="UserErrorException">The distance was measured with others.</exception>
    public void EnsureSiteFits(string encoder, string detector, string rule)
    {
        string used = SiteOf(encoder, detector, rule), measured = SiteEvidence?.Split(':')[0].Trim() ?? used;
        if (SiteDistance is not null && measured != used)
        {
            string keys = $"{Section}:{nameof(SiteDistance)} {Section}:{nameof(SiteEvidence)}";
            throw new UserErrorException($"{Section}:{nameof(SiteDistance)} was measured with {SettingText.Shortened(measured)}, but "
                + $"{used} compare here. 'dooragent config unset {keys}' removes the distance, so that the table holds alone; then "
                + "'dooragent calibrate' measures it again.");
        }
    }

    /// <summary>The same options without what was measured at the site.</summary>
    public MatchingOptions WithoutSite()
    {
        MatchingOptions options = (MatchingOptions)MemberwiseClone();
        (options.SiteDistance, options.SiteEvidence) = (null, null);
        return options;
    }

    /// <summary>The same options with another raw distance; the door's own stay as they are.</summary>
    public MatchingOptions WithDistance(double? distance)
    {
        MatchingOptions options = (MatchingOptions)MemberwiseClone();
        options.Distance = distance;
        return options;
    }
}
