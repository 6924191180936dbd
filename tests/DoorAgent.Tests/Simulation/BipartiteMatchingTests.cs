using CsCheck;
using DoorAgent.Simulation;

namespace DoorAgent.Tests.Simulation;

public sealed class BipartiteMatchingTests
{
    [Fact]
    public void TheMatchingIsAsLargeAsTheBestOfAllAssignments() =>
        Gen.Int[0, 5].List[0, 4].List[0, 5].Sample(wishes =>
        {
            int[] found = BipartiteMatching.Find([.. wishes.Select(wish => wish.Distinct().ToList())], 6);
            int[] granted = [.. found.Where(thing => thing >= 0)];
            Assert.Equal(granted.Length, granted.Distinct().Count());
            Assert.All(found.Index(), pair => Assert.True(pair.Item < 0 || wishes[pair.Index].Contains(pair.Item)));
            Assert.Equal(MostByTryingEverything(wishes, 0, []), granted.Length);
        });

    private static int MostByTryingEverything(List<List<int>> wishes, int wish, HashSet<int> taken)
    {
        if (wish == wishes.Count)
            return taken.Count;
        int most = MostByTryingEverything(wishes, wish + 1, taken);
        foreach (int thing in wishes[wish].Where(thing => !taken.Contains(thing)))
            most = Math.Max(most, MostByTryingEverything(wishes, wish + 1, [.. taken, thing]));
        return most;
    }
}
