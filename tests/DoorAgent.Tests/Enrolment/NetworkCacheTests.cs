using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Enrolment;

public sealed class NetworkCacheTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _opened = [];

    [Fact]
    public void TheFirstNetworksNeedNoOpening()
    {
        using NetworkCache cache = Cache(_ => throw new InvalidOperationException());
        GalleryMethod named = Named(EncoderIdentity.Of(people.Reader) with { Name = "as it was called once" });
        Assert.Same(people.Reader, cache.Find(named).Networks!.Pipeline);
    }

    [Fact]
    public void AnotherEncoderIsOpenedOnceAndTheChangeBackOpensNothing()
    {
        using NetworkCache cache = Cache(_ => TestNetworks.BuiltIn());
        LoadedNetworks first = cache.Find(Named(MadeEncodings.Encoder)).Networks!;
        cache.Find(Named(EncoderIdentity.Of(people.Reader)));
        Assert.Same(first, cache.Find(Named(MadeEncodings.Encoder)).Networks);
        Assert.Equal(["made"], _opened);
    }

    [Fact]
    public void AnotherRuleOpensNothingAndGivesTheSameNetworksWithOtherDistances()
    {
        using NetworkCache cache = Cache(_ => throw new InvalidOperationException());
        EncoderIdentity encoder = EncoderIdentity.Of(people.Reader);
        LoadedNetworks plain = cache.Find(Named(encoder)).Networks!, mean = cache.Find(Named(encoder, Mean)).Networks!;
        Assert.Same(plain.Pipeline, mean.Pipeline);
        Assert.Equal((ComparisonRule.Nearest, Mean), (plain.Thresholds.Rule, mean.Thresholds.Rule));
        Assert.Same(mean, cache.Find(Named(encoder, Mean)).Networks);
    }

    [Fact]
    public void ARuleWithoutACalibrationIsARefusalAndTheGoodRuleStaysUsable()
    {
        using NetworkCache cache = Cache(_ => throw new InvalidOperationException());
        EncoderIdentity encoder = EncoderIdentity.Of(people.Reader);
        string why = cache.Find(Named(encoder, Mean with { IsCentred = true })).Refusal!;
        Assert.Equal("The gallery names the rule of comparison mean+centred, which cannot be used. It has no table.", why);
        Assert.NotNull(cache.Find(Named(encoder)).Networks);
    }

    [Fact]
    public void AFailureIsRepeatedAtOnceAndRetriedAfterTenSeconds()
    {
        bool isThere = false;
        using NetworkCache cache = Cache(_ => isThere ? TestNetworks.BuiltIn() : throw new UserErrorException("It is not here."));
        string? why = cache.Find(Named(MadeEncodings.Encoder)).Refusal;
        Assert.Equal("The gallery names the encoder made, which cannot be used. It is not here.", why);
        isThere = true;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Equal(0, Thrown.In(() => Assert.Equal(why, cache.Use(Named(MadeEncodings.Encoder)).Refusal)));
        Assert.Single(_opened);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("door-encoder", cache.Use(Named(MadeEncodings.Encoder)).InUse!.Name);
    }

    private static ComparisonRule Mean { get; } = ComparisonRule.Nearest with { Template = TemplateKind.Mean };

    private static GalleryMethod Named(EncoderIdentity encoder, ComparisonRule? rule = null) =>
        new(encoder, rule ?? ComparisonRule.Nearest);

    private static LoadedNetworks With(FacePipeline pipeline, ComparisonRule rule) => rule.IsCentred
        ? throw new UserErrorException("It has no table.")
        : new LoadedNetworks(pipeline, new Thresholds(new MatchingOptions { Distance = 0.5 }, null, rule));

    private NetworkCache Cache(Func<string, FacePipeline> open) => new(With(people.Reader, ComparisonRule.Nearest), name =>
    {
        _opened.Add(name);
        return open(name);
    }, With, _time);
}
