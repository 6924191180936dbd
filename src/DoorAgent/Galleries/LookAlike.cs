using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.Galleries;

/// <summary>The person enrolled whom a picture is most like.</summary>
internal sealed record LookAlike(Person Person, float Distance)
{
    /// <summary>The nearest of the others; null when there is nobody.</summary>
    /// <param name="encoding">The picture's.</param>
    /// <param name="everybody">The gallery; null when nobody is enrolled.</param>
    /// <param name="self">Whom not to compare with.</param>
    public static LookAlike? Of(FaceEncoding encoding, Gallery? everybody, string self)
    {
        LookAlike? nearest = null;
        string key = PersonName.KeyOf(self);
        foreach (Person person in everybody?.People ?? [])
        {
            float distance = everybody!.DistanceTo(person, encoding);
            // The name is asked of those few who are nearer than everybody before, not of ten thousand.
            if (distance < (nearest?.Distance ?? float.PositiveInfinity) && PersonName.KeyOf(person.Name) != key)
                nearest = new LookAlike(person, distance);
        }

        return nearest;
    }

    /// <summary>Every two people of whom a picture of the one looks like the other, nearest first.</summary>
    /// <param name="everybody">The gallery.</param>
    /// <param name="below">From what distance on they are told apart.</param>
    /// <param name="compared">Is told how many have been compared with all after them; null for nobody.</param>
    public static IReadOnlyList<(Person One, Person Other, float Distance)> Pairs(Gallery everybody, float below, IProgress<int>? compared = null)
    {
        List<(Person One, Person Other, float Distance)> pairs = [];
        for (int i = 0; i < everybody.People.Length; i++)
        {
            FaceEncoding[] encodings = [.. everybody.EncodingsOf(everybody.People[i])];
            for (int j = i + 1; j < everybody.People.Length; j++)
            {
                Person other = everybody.People[j];
                float distance = encodings.Select(encoding => everybody.DistanceTo(other, encoding)).DefaultIfEmpty(float.PositiveInfinity).Min();
                if (distance < below)
                    pairs.Add((everybody.People[i], other, distance));
            }

            compared?.Report(i + 1);
        }

        return [.. pairs.OrderBy(pair => pair.Distance)];
    }
}
