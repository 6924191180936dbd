using DoorAgent.Evaluation;

namespace DoorAgent.Tests.Evaluation;

/// <summary>A naive implementation of <see cref="TripletSelection"/>: the definitions of the paper as plain loops.</summary>
internal static class NaiveTriplets
{
    public static IEnumerable<Triplet> SemiHard(float[][] encodings, int[] people, double alpha)
    {
        foreach ((int a, int p) in Pairs(people))
        {
            int best = -1;
            for (int n = 0; n < people.Length; n++)
            {
                double near = Square(encodings[a], encodings[p]), far = Square(encodings[a], encodings[n]);
                if (people[n] != people[a] && far > near && far < near + alpha && (best < 0 || far < Square(encodings[a], encodings[best])))
                    best = n;
            }

            if (best >= 0)
                yield return new Triplet(a, p, best);
        }
    }

    public static IEnumerable<Triplet> HardNegatives(float[][] encodings, int[] people)
    {
        foreach ((int a, int p) in Pairs(people))
        {
            int[] others = [.. Rows(people).Where(row => people[row] != people[a])];
            if (others.Length > 0)
                yield return new Triplet(a, p, others.MinBy(row => Square(encodings[a], encodings[row])));
        }
    }

    public static IEnumerable<Triplet> Hardest(float[][] encodings, int[] people)
    {
        for (int a = 0; a < people.Length; a++)
        {
            int[] same = [.. Rows(people).Where(row => row != a && people[row] == people[a])],
            others = [.. Rows(people).Where(row => people[row] != people[a])];
            if (same.Length > 0 && others.Length > 0)
                yield return new Triplet(a, same.MaxBy(row => Square(encodings[a], encodings[row])),
                    others.MinBy(row => Square(encodings[a], encodings[row])));
        }
    }

    public static double Square(float[] one, float[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += ((double)one[i] - other[i]) * ((double)one[i] - other[i]);
        return sum;
    }

    private static IEnumerable<(int Anchor, int Positive)> Pairs(int[] people)
    {
        for (int a = 0; a < people.Length; a++)
        {
            for (int p = 0; p < people.Length; p++)
            {
                if (p != a && people[p] == people[a])
                    yield return (a, p);
            }
        }
    }

    private static IEnumerable<int> Rows(int[] people) => Enumerable.Range(0, people.Length);
}
