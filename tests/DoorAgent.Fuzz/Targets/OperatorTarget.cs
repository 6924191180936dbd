using System.Net.Sockets;
using System.Text.Json;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Operating;
using DoorAgent.Storage;
using Serilog.Core;

namespace DoorAgent.Fuzz.Targets;

/// <summary>What a client sends to the operator's socket. Every connection gets one answer, and only a request that says unlock reaches
/// the door as one.</summary>
internal sealed class OperatorTarget : FuzzTarget, IOperable
{
    private readonly Places _places = new(ScratchFolder.Path, []);
    private readonly Lazy<OperatorSocket> _socket;
    private readonly byte[] _answer = new byte[1 << 16];
    private volatile int _unlocks;

    public OperatorTarget() => _socket = new(() => OperatorSocket.Open(_places, this, Logger.None, TimeProvider.System)
        ?? throw new IOException($"{_places.OperatorSocket} cannot be made."));

    public override string Name => "operator";

    public override IReadOnlyList<string> Tokens =>
    [
        "{\"verb\":\"unlock\"}\n", "\"verb\":", "\"lock\"", "\"status\"", "\"acknowledge\"", "\"next-badge\"", "\"frames\"",
        "\"erase-names\"",
        "\"seconds\":60", "\"person\":", "\"called\":", "1e999", "-1", "null", "0.5", "\\u0075nlock", "\r\n", "\"Verb\":", "\0",
    ];

    public override IEnumerable<byte[]> Seeds() =>
    [
        .. Enum.GetValues<OperatorVerb>().Select(verb => new OperatorRequest(verb, 60) { Person = 1, Called = "anna" })
            .Select(request => (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request, OperatorProtocol.Json), (byte)'\n']),
    ];

    public override void Read(ReadOnlySpan<byte> input)
    {
        _ = _socket.Value;
        _unlocks = 0;
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.ReceiveTimeout = (int)FuzzLimits.Usual.Wait.TotalMilliseconds;
        client.Connect(new UnixDomainSocketEndPoint(_places.OperatorSocket));
        string answer;
        try
        {
            client.Send(input);
            client.Shutdown(SocketShutdown.Send);
            answer = Receive(client);
        }
        catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // The door has answered before it read the rest, and closed the connection.
            return;
        }

        int end = input.IndexOf((byte)'\n');
        BrokenPromiseException.Unless(_unlocks == 0 || (end >= 0 && SaysUnlock(input[..end])), "The door was unlocked without a request.");
        if (end < 0)
            return;
        BrokenPromiseException.Unless(answer.EndsWith('\n'), "A request got no answer.");
        foreach (string line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _ = JsonSerializer.Deserialize<OperatorAnswer>(line, OperatorProtocol.Json);
    }

    public override bool Allows(Exception failure) => false;

    public void Ask(OperatorRequest request, string by, Action<OperatorAnswer> answer)
    {
        if (request.Verb == OperatorVerb.Unlock)
            Interlocked.Increment(ref _unlocks);
        answer(new OperatorAnswer { Done = "done" });
    }

    public void StopAwaiting(Action<OperatorAnswer> answer)
    {
        // No badge comes.
    }

    // No frame comes: only the caller ends the wait.
    public Task<string?> NextFrameAsync(Frame into, CancellationToken cancellation) =>
        new TaskCompletionSource<string?>().Task.WaitAsync(cancellation);

    /// <summary>The naive twin of the protocol: an object whose last and only verb is unlock.</summary>
    private static bool SaysUnlock(ReadOnlySpan<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line.ToArray());
        JsonProperty[] verbs = [.. document.RootElement.EnumerateObject()
            .Where(member => member.Name.Equals("verb", StringComparison.OrdinalIgnoreCase))];
        return verbs is [{ Value.ValueKind: JsonValueKind.String } verb]
            && verb.Value.GetString()!.Equals("unlock", StringComparison.OrdinalIgnoreCase);
    }

    private string Receive(Socket client)
    {
        int length = 0;
        while (length < _answer.Length && client.Receive(_answer.AsSpan(length)) is var read and > 0)
            length += read;
        return System.Text.Encoding.UTF8.GetString(_answer, 0, length);
    }
}
