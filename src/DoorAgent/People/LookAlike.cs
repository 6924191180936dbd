using DoorAgent.Encodings;
using DoorAgent.Matching;

namespace DoorAgent.People;

/// <summary>Somebody enrolled whom a picture looks like.</summary>
internal sealed record LookAlike(Person Person, float Distance)
{
    /// <summary>
    /// Who of the others could not be told from a picture: nearer than the threshold at which their badge opens, or at which
    /// the new person's badge would open for them. The nearest of them; null when there is nobody.
    /// </summary>
    /// <param name="encoding">The picture's.</param>
    /// <param name="others">Everybody; null when nobody is enrolled.</param>
    /// <param name="self">Whom not to compare with.</param>
    /// <param name="thresholds">Rates to distances.</param>
    /// <param name="count">How many encodings the new person will have.</param>
    public static LookAlike? Of(FaceEncoding encoding, Gallery? others, string self, Thresholds thresholds, int count)
    {
        LookAlike? found = null;
        string key = PersonName.KeyOf(self);
        foreach (Person person in others?.People ?? [])
        {
            if (person.EncodingCount == 0 || PersonName.KeyOf(person.Name) == key)
                continue;
            float distance = others!.DistanceTo(person, encoding);
            float threshold = MathF.Max(thresholds.Verification(person.EncodingCount), thresholds.Verification(count));
            if (distance < threshold && !(distance >= found?.Distance))
                found = new LookAlike(person, distance);
        }

        return found;
    }
}
