using System.Runtime.CompilerServices;
using DoorAgent.Storage;
using Microsoft.ML.OnnxRuntime;

namespace DoorAgent.Networks;

/// <summary>
/// A network in ONNX Runtime with its buffers, which are reused. This is the only file that names the runtime. Not thread-safe.
/// </summary>
internal sealed class Network : INetwork
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string _id;
    private readonly string _inputName;
    private readonly string[] _outputNames;
    private readonly Dictionary<(int Height, int Width), (float[] Data, OrtValue Value)> _inputs = [];
    private OrtValue? _input;

    /// <param name="id">Name of the network, for messages.</param>
    /// <param name="content">Content of the network's file.</param>
    /// <exception cref="UserErrorException">The runtime cannot load the network, or the network does not have exactly one
    /// input.</exception>
    public Network(string id, byte[] content)
    {
        _id = id;
        try
        {
            using SessionOptions options = new()
            {
                // The door runs one network at a time on four slow cores, and its memory must not grow over years.
                EnableCpuMemArena = false,
                EnableMemoryPattern = false,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            _session = new InferenceSession(content, options);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new UserErrorException($"The network {id} cannot be loaded; "
                + $"the file is damaged or not a network: {failure.Message}", failure);
        }

        _inputName = _session.InputNames.Count == 1
            ? _session.InputNames[0]
            : throw new UserErrorException($"The network {id} has {_session.InputNames.Count} inputs; it must have one.");
        _outputNames = [.. _session.OutputNames];
    }

    /// <summary>Names of the outputs, in the order in which <see cref="Run"/> reports them.</summary>
    public IReadOnlyList<string> OutputNames => _outputNames;

    public IReadOnlyList<int> InputShape => _session.InputMetadata[_inputName].Dimensions;

    /// <summary>Buffers are cached for the sizes in which a frame is examined; a buffer is allocated only for a new size.</summary>
    public Span<float> Input(int height, int width)
    {
        const int MaxSizes = 6;
        if (!_inputs.TryGetValue((height, width), out (float[] Data, OrtValue Value) cached))
        {
            if (_inputs.Count == MaxSizes)
                ClearInputs();
            float[] data = new float[3 * height * width];
            cached = (data, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), [1, 3, height, width]));
            _inputs.Add((height, width), cached);
        }

        _input = cached.Value;
        return cached.Data;
    }

    public void Run(NetworkOutput read)
    {
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, [_inputName], [_input!], _outputNames);
            for (int i = 0; i < outputs.Count; i++)
                read(i, outputs[i].GetTensorDataAsSpan<float>());
        }
        catch (OnnxRuntimeException failure)
        {
            throw new NetworkFaultException($"The network {_id} failed: {failure.Message}");
        }
    }

    public void Dispose()
    {
        ClearInputs();
        _run.Dispose();
        _session.Dispose();
    }

    private void ClearInputs()
    {
        foreach ((_, OrtValue value) in _inputs.Values)
            value.Dispose();
        _inputs.Clear();
    }
}

/// <summary>
/// Disables the telemetry of ONNX Runtime. By default the library stores a machine id and a list of runs in the user's cache and
/// resolves its server's name every few seconds. A door has no cloud.
/// </summary>
internal static class RuntimeTelemetry
{
    /// <summary>The environment variable that the native library reads when the first session is created.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Disables the telemetry before any other code runs, in tests and benchmarks too; overrides the user's setting.</summary>
    [ModuleInitializer]
    internal static void TurnOff() => Libc.SetEnvironment(Variable, "1");
}
