using System.Numerics.Tensors;
using DoorAgent.Evaluation;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Evaluation;

public sealed class TemplateTrialTests
{
    [Fact]
    public void ClaimsAreComparedWithTheNearestTemplateOfThePerson()
    {
        EncodedSet set = Faces();
        IReadOnlyList<TemplateTrial> trials = TemplateTrial.Of(set, 2, seed: 1, TestContext.Current.CancellationToken);
        Assert.Equal([TemplateKind.Nearest, TemplateKind.Mean, TemplateKind.Trimmed], trials.Select(trial => trial.Kind));
        Assert.All(trials, trial =>
        {
            // Ann and Ben have four pictures and are enrolled with two; Cid has one and claims to be both.
            Assert.Equal((2, 2), (trial.Pictures, trial.People));
            Assert.Equal((4, 6), (trial.Claims.Mated.Total, trial.Claims.NonMated.Total));
        });
        // Of two pictures nothing is trimmed.
        Assert.Equal(Bins(trials[1]), Bins(trials[2]));
        Assert.NotEqual(Bins(trials[0]), Bins(trials[1]));
    }

    [Fact]
    public void WithAllPicturesButOneEnrolledTheDistancesAreThoseOfANaiveComparison()
    {
        EncodedSet set = Faces();
        TemplateTrial trial = TemplateTrial.Of(set, 3, seed: 1, TestContext.Current.CancellationToken)[0];
        // Whichever picture is left over, its nearest of the person's others is one of the four possible ones.
        int[] possible = [.. Enumerable.Range(0, 8).Select(row => DistanceDistribution.BinOf(Enumerable.Range(0, 8)
            .Where(other => other != row && set.PersonOf[other] == set.PersonOf[row])
            .Min(other => TensorPrimitives.Distance(set.Vector(row), set.Vector(other)))))];
        Assert.All(Enumerable.Range(0, DistanceDistribution.Bins).Where(bin => trial.Claims.Mated.Weight(bin) > 0),
            bin => Assert.Contains(possible, one => Math.Abs(one - bin) <= 1));
    }

    [Fact]
    public void WithoutTwoPeopleOfEnoughPicturesNothingIsTried() =>
        Assert.Empty(TemplateTrial.Of(Faces(), 4, seed: 1, TestContext.Current.CancellationToken));

    private static double[] Bins(TemplateTrial trial) =>
        [.. Enumerable.Range(0, DistanceDistribution.Bins).Select(trial.Claims.Mated.Weight)];

    private static EncodedSet Faces()
    {
        // In a plane: Ann around 0, Ben around 90 degrees, Cid at 200.
        double[] degrees = [0, 10, 25, 45, 90, 100, 115, 135, 200];
        float[] vectors = [.. degrees.SelectMany(degree => new[]
        {
            (float)Math.Cos(degree * Math.PI / 180), (float)Math.Sin(degree * Math.PI / 180),
        })];
        return new EncodedSet(["Ann", "Ben", "Cid"], [0, 0, 0, 0, 1, 1, 1, 1, 2], vectors, 2);
    }
}
