using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DoorAgent.Operating;

/// <summary>The codes with which pages are paired. One code is open at a time; it is used once, for 5 minutes at most, and closes after
/// five wrong tries. Nothing is stored: a restart of the daemon ends it. Thread-safe.</summary>
/// <param name="time">The clock.</param>
internal sealed class PagePairing(TimeProvider time)
{
    /// <summary>Digits of a code.</summary>
    public const int Digits = 8;

    /// <summary>The wrong tries that close a code.</summary>
    public const int MostTries = 5;

    /// <summary>How long a code can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private string? _code;
    private PageRole _role;
    private long _made;
    private int _wrong;

    /// <summary>Makes a code; an earlier one can no longer be used.</summary>
    public PairingCode New(PageRole role)
    {
        lock (_gate)
        {
            _code = RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture);
            (_role, _made, _wrong) = (role, time.GetTimestamp(), 0);
            return new PairingCode(_code, role, time.GetLocalNow() + Lifetime);
        }
    }

    /// <summary>Uses the code up.</summary>
    /// <param name="typed">The code as somebody typed it; spaces and hyphens do not count.</param>
    /// <returns>The role of the code, or why it cannot be used.</returns>
    public (PageRole? Role, string Why, PageProblem? Problem) Use(string typed)
    {
        string digits = string.Concat(typed.Where(character => character is not (' ' or '-')));
        lock (_gate)
        {
            if (_code is not { } code)
                return (null, $"No code is open. {Again}", PageProblem.NoCode);
            if (time.GetElapsedTime(_made) >= Lifetime)
            {
                _code = null;
                return (null, $"The code has expired. {Again}", PageProblem.ExpiredCode);
            }

            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(digits), Encoding.UTF8.GetBytes(code)))
            {
                if (++_wrong < MostTries)
                    return (null, "The code is wrong.", PageProblem.WrongCode);
                _code = null;
                return (null, $"The code is wrong, and is closed after {MostTries} wrong tries. {Again}", PageProblem.ClosedCode);
            }

            _code = null;
            return (_role, "", null);
        }
    }

    private static string Again => "Ask for a new one at the door's computer: 'sudo dooragent page'.";
}
