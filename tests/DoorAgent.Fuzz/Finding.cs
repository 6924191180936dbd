using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Fuzz;

/// <summary>What an input must not cause.</summary>
/// <param name="Kind">The kind in words: an exception that the contract does not name, a hang, too much memory, a broken promise.</param>
/// <param name="Place">The place in our code; findings of one kind at one place count once.</param>
/// <param name="Detail">The whole account, for people.</param>
internal sealed record Finding(string Kind, string Place, string Detail)
{
    /// <summary>Names the finding's file in the corpus: 8 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind} {Place}")))[..8];

    /// <summary>Makes the finding of an exception that the contract does not name.</summary>
    public static Finding Of(Exception failure) => new(failure.GetType().Name, PlaceOf(failure), $"{failure}");

    /// <summary>Returns the innermost method of ours that the exception passed.</summary>
    private static string PlaceOf(Exception failure) => new StackTrace(failure).GetFrames().Select(frame => frame.GetMethod())
        .FirstOrDefault(method => method?.DeclaringType?.FullName?.StartsWith(nameof(DoorAgent), StringComparison.Ordinal) == true
            && method.DeclaringType != typeof(BrokenPromiseException)) is { } ours
        ? $"{ours.DeclaringType!.FullName}.{ours.Name}" : "outside";
}
