namespace DoorAgent.Simulation;

/// <summary>Finds a maximum matching: assigns each of several requests an item of its own, so that as many requests as possible have
/// one.</summary>
internal static class BipartiteMatching
{
    /// <summary>Returns for each request the index of its item, or -1.</summary>
    /// <param name="candidates">For each request the suitable items, preferred ones first.</param>
    /// <param name="items">Number of items.</param>
    public static int[] Find(IReadOnlyList<IReadOnlyList<int>> candidates, int items)
    {
        int[] requestOf = new int[items];
        Array.Fill(requestOf, -1);
        for (int request = 0; request < candidates.Count; request++)
            Assign(request, candidates, requestOf, new bool[items]);

        int[] itemOf = new int[candidates.Count];
        Array.Fill(itemOf, -1);
        for (int item = 0; item < items; item++)
        {
            if (requestOf[item] >= 0)
                itemOf[requestOf[item]] = item;
        }

        return itemOf;
    }

    /// <summary>Assigns a free item, or one whose owner can use another item: an augmenting path.</summary>
    private static bool Assign(int request, IReadOnlyList<IReadOnlyList<int>> candidates, int[] requestOf, bool[] seen)
    {
        foreach (int item in candidates[request])
        {
            if (seen[item])
                continue;
            seen[item] = true;
            if (requestOf[item] >= 0 && !Assign(requestOf[item], candidates, requestOf, seen))
                continue;
            requestOf[item] = request;
            return true;
        }

        return false;
    }
}
