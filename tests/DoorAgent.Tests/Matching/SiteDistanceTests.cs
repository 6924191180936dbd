using DoorAgent.Hardware.Settings;
using DoorAgent.Matching;

namespace DoorAgent.Tests.Matching;

public sealed class SiteDistanceTests
{
    private static readonly CalibrationTable Table = new([(1e-6, 0.95), (1e-3, 1.1)]);

    [Fact]
    public void ASiteCanOnlyMakeTheDoorStricter()
    {
        Thresholds plain = new(new MatchingOptions(), Table), strict = new(At(0.97), Table), loose = new(At(1.9), Table);

        Assert.Equal(0.97f, strict.Verification(1));
        Assert.Equal(0.97f, strict.Identification(10));
        foreach (int encodings in new[] { 1, 3, 10 })
        {
            Assert.True(strict.Verification(encodings) <= plain.Verification(encodings));
            Assert.Equal(plain.Verification(encodings), loose.Verification(encodings));
        }
    }

    [Fact]
    public void ADistanceThatWasMeasuredWithOtherNetworksIsRefused()
    {
        MatchingOptions site = At(0.97);
        site.EnsureSiteFits("mobilefacenet", "yunet-n", "nearest");
        new MatchingOptions().EnsureSiteFits("other", "yunet-n", "nearest");
        site.WithoutSite().EnsureSiteFits("other", "yunet-n", "nearest");

        foreach ((string encoder, string detector, string rule) in new[]
        {
            ("other", "yunet-n", "nearest"), ("mobilefacenet", "other", "nearest"), ("mobilefacenet", "yunet-n", "mean"),
        })
        {
            string refusal = Assert.Throws<UserErrorException>(() => site.EnsureSiteFits(encoder, detector, rule)).Message;
            Assert.Contains("was measured with mobilefacenet yunet-n nearest", refusal, StringComparison.Ordinal);
            Assert.Contains("'dooragent config unset Matching:SiteDistance Matching:SiteEvidence'", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DistanceAndEvidenceBelongTogether()
    {
        Assert.Empty(OptionErrors.Of(At(0.97)));
        Assert.Contains("Matching:SiteEvidence", Assert.Single(OptionErrors.Of(new MatchingOptions { SiteDistance = 0.97 })),
            StringComparison.Ordinal);
        Assert.Single(OptionErrors.Of(new MatchingOptions { SiteEvidence = "mobilefacenet yunet-n nearest: 43 people" }));
        Assert.NotEmpty(OptionErrors.Of(At(2.5)));
        Assert.NotEmpty(OptionErrors.Of(At(0)));
    }

    private static MatchingOptions At(double distance) => new()
    {
        SiteDistance = distance, SiteEvidence = "mobilefacenet yunet-n nearest: 43 people, 3,870 comparisons",
    };
}
