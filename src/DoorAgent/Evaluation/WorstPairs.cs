using System.Numerics.Tensors;

namespace DoorAgent.Evaluation;

/// <summary>Two pictures of a set that an encoder finds unusually near or far.</summary>
/// <param name="One">One picture.</param>
/// <param name="Other">The other picture.</param>
/// <param name="Distance">Their distance, 0 to 2.</param>
internal sealed record WorstPair(SetPicture One, SetPicture Other, float Distance);

/// <summary>The pairs of pictures at which an encoder fails first. To show different faces, each person or pair of people occurs
/// once.</summary>
/// <param name="FalseMatches">The nearest pictures of two people, nearest first.</param>
/// <param name="FalseNonMatches">The farthest pictures of one person, farthest first.</param>
internal sealed record WorstPairs(IReadOnlyList<WorstPair> FalseMatches, IReadOnlyList<WorstPair> FalseNonMatches)
{
    /// <summary>How many pairs of each kind a report has.</summary>
    public const int Kept = 12;

    public static WorstPairs None { get; } = new([], []);

    /// <summary>Finds the pairs.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="encodings">Their encodings.</param>
    /// <param name="most">How many pairs of each kind are kept, at least 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static WorstPairs Of(PictureSet set, EncodedSet encodings, int most, CancellationToken cancellation = default)
    {
        return new WorstPairs(
            [.. NearestPeople.Of(encodings, most, cancellation: cancellation).Pairs
                .Select(pair => Extreme(RowsOf(pair.One), RowsOf(pair.Other), isNearest: true)!)],
            [.. Enumerable.Range(0, encodings.People.Count).Where(person => encodings.CountOf[person] > 1)
                .Select(person => Extreme(RowsOf(person), RowsOf(person), isNearest: false)!)
                .OrderByDescending(pair => pair.Distance).Take(most)]);

        IEnumerable<int> RowsOf(int person)
        {
            (int first, int count) = encodings.RowsOf(person);
            return Enumerable.Range(first, count);
        }

        WorstPair? Extreme(IEnumerable<int> rows, IEnumerable<int> columns, bool isNearest)
        {
            (int Row, int Column, float Distance)? found = null;
            foreach (int row in rows)
            {
                foreach (int column in columns)
                {
                    if (row == column)
                        continue;
                    float distance = TensorPrimitives.Distance(encodings.Vector(row), encodings.Vector(column));
                    if (found is null || (isNearest ? distance < found.Value.Distance : distance > found.Value.Distance))
                        found = (row, column, distance);
                }
            }

            return found is { } pair
                ? new WorstPair(set.Pictures[encodings.PictureOf[pair.Row]], set.Pictures[encodings.PictureOf[pair.Column]], pair.Distance)
                : null;
        }
    }
}
