using DoorAgent.Evaluation;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Evaluation;

public sealed class OpenSetTests
{
    private static readonly int[] Counts = [.. Enumerable.Range(0, 40).Select(person => 1 + (person % 5))];

    [Fact]
    public void EverybodyIsEnrolledOrAStrangerAndEachPictureIsUsedOnce()
    {
        EncodedSet set = SomeEncodings.Make(Counts, seed: 1, dimension: 64);
        OpenSet people = new(set, "made", seed: 3);
        IdentificationTrial trial = Try(people, people.Candidates, distance: 1);
        Assert.Equal(20, people.Candidates);
        Assert.Equal(set.People.Count, trial.People + trial.Strangers.Trials);
        Assert.Equal(set.Rows, trial.Encodings + trial.Fnir.Trials + trial.Fpir.Trials);
        Assert.Equal(trial.Fpir.Trials * trial.People, trial.WrongClaims.Trials);
        Assert.Equal(trial.Fnir.Trials, trial.RightClaims.Trials);
    }

    [Fact]
    public void ADoorThatAcceptsAllTakesEveryStrangerAndOneThatAcceptsNothingRefusesEverybody()
    {
        OpenSet people = new(SomeEncodings.Make(Counts, seed: 2, dimension: 64), "made", seed: 3);
        IdentificationTrial open = Try(people, 12, distance: 2, margin: 0), closed = Try(people, 12, distance: 0.001);
        Assert.Equal((1.0, 1.0, 1.0, 0.0), (open.Fpir.Rate, open.Strangers.Rate, open.WrongClaims.Rate, open.RightClaims.Rate));
        Assert.Equal((0.0, 1.0, 1.0, 0.0), (closed.Fpir.Rate, closed.Fnir.Rate, closed.RightClaims.Rate, closed.TakenForAnother.Rate));
    }

    [Fact]
    public void PeopleWhoseRowsAreEqualAndFarFromOthersAreAllRecognised()
    {
        OpenSet people = new(SomeEncodings.Make(Counts, seed: 5, spread: 0, dimension: 128), "made", seed: 3);
        IdentificationTrial trial = Try(people, 20, distance: 0.5);
        Assert.Equal((0.0, 0.0, 0.0), (trial.Fpir.Rate, trial.Fnir.Rate, trial.RightClaims.Rate));
        // With a margin that nobody can keep, identification refuses whom verification accepts.
        IdentificationTrial strict = Try(people, 20, distance: 0.5, margin: 2);
        Assert.Equal((1.0, 0.0), (strict.Fnir.Rate, strict.RightClaims.Rate));
    }

    [Fact]
    public void ByTheRuleMeanEachPersonHasOneTemplate()
    {
        EncodedSet set = SomeEncodings.Make(Counts, seed: 6, spread: 0.8, dimension: 64);
        MatchingOptions options = new() { Distance = 1 };
        ComparisonRule mean = ComparisonRule.Nearest with { Template = TemplateKind.Mean };
        IdentificationTrial trial = new OpenSet(set, "made", seed: 3).Try(20, new Thresholds(options, null, mean), options);
        Assert.Equal((20, "mean"), (trial.Encodings, trial.Rule));
        Assert.Equal(Try(new OpenSet(set, "made", seed: 3), 20, 1).Fnir.Trials, trial.Fnir.Trials);
    }

    [Fact]
    public void TheSameSeedDrawsTheSamePeople()
    {
        EncodedSet set = SomeEncodings.Make(Counts, seed: 6, spread: 0.8);
        Assert.Equal(Try(new OpenSet(set, "made", seed: 3), 10, 0.8), Try(new OpenSet(set, "made", seed: 3), 10, 0.8));
    }

    [Fact]
    public void AGalleryBeyondTheCalibrationIsRefusedByTheProduct()
    {
        OpenSet people = new(SomeEncodings.Make(Counts, seed: 1), "made", seed: 3);
        Thresholds thresholds = new(new MatchingOptions(), new CalibrationTable([(1e-3, 1.0), (1e-5, 0.9)]));
        Assert.Throws<UserErrorException>(() => people.Try(20, thresholds, new MatchingOptions()));
    }

    private static IdentificationTrial Try(OpenSet people, int count, double distance, double margin = 0.1)
    {
        MatchingOptions options = new() { Distance = distance, Margin = margin };
        return people.Try(count, new Thresholds(options, null), options);
    }
}
