using Microsoft.ML.OnnxRuntime;

namespace DoorAgent.Networks;

/// <summary>
/// A network in ONNX Runtime with its buffers, made once and kept: the only file that names the runtime. One caller at a time.
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

    /// <param name="id">Its name, for messages.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="UserErrorException">It is no network that the runtime can load, or not of one input.</exception>
    public Network(string id, byte[] content)
    {
        _id = id;
        try
        {
            using SessionOptions options = new()
            {
                // The door runs one network at a time on four slow cores, and its memory must not grow for years.
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
            throw new UserErrorException($"The network {id} cannot be loaded; the file is damaged or no network: {failure.Message}", failure);
        }

        _inputName = _session.InputNames.Count == 1
            ? _session.InputNames[0]
            : throw new UserErrorException($"The network {id} has {_session.InputNames.Count} inputs; it must have one.");
        _outputNames = [.. _session.OutputNames];
    }

    /// <summary>Names of the outputs, in the order in which <see cref="Run"/> gives them.</summary>
    public IReadOnlyList<string> OutputNames => _outputNames;

    public IReadOnlyList<int> InputShape => _session.InputMetadata[_inputName].Dimensions;

    /// <summary>Kept for the sizes in turn that one frame is looked at in; allocates only for a new size.</summary>
    public Span<float> Input(int height, int width)
    {
        const int MaxSizes = 6;
        if (!_inputs.TryGetValue((height, width), out (float[] Data, OrtValue Value) kept))
        {
            if (_inputs.Count == MaxSizes)
                ForgetInputs();
            float[] data = new float[3 * height * width];
            kept = (data, OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), [1, 3, height, width]));
            _inputs.Add((height, width), kept);
        }

        _input = kept.Value;
        return kept.Data;
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
        ForgetInputs();
        _run.Dispose();
        _session.Dispose();
    }

    private void ForgetInputs()
    {
        foreach ((_, OrtValue value) in _inputs.Values)
            value.Dispose();
        _inputs.Clear();
    }
}
