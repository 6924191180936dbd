namespace DoorAgent.Simulation;

/// <summary>Gives each of several wishes one thing of its own, so that as many wishes as possible are granted.</summary>
internal static class BipartiteMatching
{
    /// <summary>For each wish the index of its thing, or -1.</summary>
    /// <param name="candidates">Per wish the things that would do, the preferred first.</param>
    /// <param name="things">How many things there are.</param>
    public static int[] Find(IReadOnlyList<IReadOnlyList<int>> candidates, int things)
    {
        int[] wishOf = new int[things];
        Array.Fill(wishOf, -1);
        for (int wish = 0; wish < candidates.Count; wish++)
            Grant(wish, candidates, wishOf, new bool[things]);

        int[] thingOf = new int[candidates.Count];
        Array.Fill(thingOf, -1);
        for (int thing = 0; thing < things; thing++)
        {
            if (wishOf[thing] >= 0)
                thingOf[wishOf[thing]] = thing;
        }

        return thingOf;
    }

    /// <summary>Takes a free thing, else one whose holder can take another: an augmenting path.</summary>
    private static bool Grant(int wish, IReadOnlyList<IReadOnlyList<int>> candidates, int[] wishOf, bool[] seen)
    {
        foreach (int thing in candidates[wish])
        {
            if (seen[thing])
                continue;
            seen[thing] = true;
            if (wishOf[thing] >= 0 && !Grant(wishOf[thing], candidates, wishOf, seen))
                continue;
            wishOf[thing] = wish;
            return true;
        }

        return false;
    }
}
