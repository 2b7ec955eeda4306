<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Watch the signer</source>
        <translation>观看手语者</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Be asked for signs, and see how they went</source>
        <translation>按要求打手语词，看看打得怎么样</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词汇表</translation>
    </message>
    <message>
        <source>Look signs up and make lessons</source>
        <translation>查找手语词，编排课程</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>解析</translation>
    </message>
    <message>
        <source>See what the model attended to, what decided, and what is known of it</source>
        <translation>查看模型关注了什么、依据是什么，以及关于模型的已知信息</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language, colours, text size, hands, privacy</source>
        <translation>语言、颜色、文字大小、主手、隐私</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start or stop the chosen source</source>
        <translation>开始或停止所选来源</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open a video or a recording</source>
        <translation>打开视频或录制文件</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Watch a drawn figure sign</source>
        <translation>观看一个画出的人物打手语</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Show the picture as in a mirror; recognition does not change</source>
        <translation>像照镜子一样显示画面；识别不受影响</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Show the signer as large as fits; recognition does not change</source>
        <translation>把手语者放到尽可能大；识别不受影响</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Show the probabilities of the last ten seconds</source>
        <translation>显示最近十秒的概率</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Watch the last sign again, slowly, with what the model attended to, and back</source>
        <translation>慢速重看上一个手语词以及模型关注之处，再按返回</translation>
    </message>
    <message>
        <source>Record what is watched, to play it again later, and stop</source>
        <translation>录制正在观看的内容，以便日后重新播放；再按停止</translation>
    </message>
    <message>
        <source>Sessions…</source>
        <translation>录制列表…</translation>
    </message>
    <message>
        <source>Play, rename, export or delete what was recorded</source>
        <translation>播放、重命名、导出或删除录制的内容</translation>
    </message>
    <message>
        <source>Bring back the recording</source>
        <translation>找回录制</translation>
    </message>
    <message>
        <source>Make a session of a recording that was cut short</source>
        <translation>把中断的录制整理成完整的录制</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>What to watch</source>
        <translation>要观看的内容</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What names the signs</source>
        <translation>用哪个模型识别手语词</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the model runs</source>
        <translation>模型在哪里运行</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>更正…</translation>
    </message>
    <message>
        <source>Choose another gloss for the sign, or write one</source>
        <translation>为该手语词另选词目，或自行输入</translation>
    </message>
    <message>
        <source>Insert…</source>
        <translation>插入…</translation>
    </message>
    <message>
        <source>Insert a sign that was missed after this one</source>
        <translation>在此手语词之后插入一个漏掉的手语词</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the chosen signs</source>
        <translation>删除选中的手语词</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last change to the transcript</source>
        <translation>撤销对转写的上一次修改</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>重做刚才撤销的修改</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the chosen signs, or the whole transcript</source>
        <translation>复制选中的手语词，或整份转写</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save the transcript as subtitles, for ELAN, as a table or as JSON</source>
        <translation>将转写保存为字幕、ELAN 标注、表格或 JSON</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Empty the transcript</source>
        <translation>清空转写</translation>
    </message>
    <message>
        <source>Restore the last transcript</source>
        <translation>恢复上次的转写</translation>
    </message>
    <message>
        <source>Bring back the signs of the session before this one</source>
        <translation>找回上一次会话的手语词</translation>
    </message>
    <message>
        <source>Speak signs</source>
        <translation>朗读手语词</translation>
    </message>
    <message>
        <source>Say each sign aloud as it is recognised</source>
        <translation>识别出手语词时读出声来</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Everything that can be done with the transcript</source>
        <translation>可以对转写做的所有操作</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>In Practice: begin a round, go on, or repeat what was not right</source>
        <translation>在“练习”中：开始一轮、继续，或重练没打对的</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>In Practice: see the sign that is asked for</source>
        <translation>在“练习”中：查看要打的手语词</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>In Practice: leave out the sign that is asked for</source>
        <translation>在“练习”中：跳过要打的手语词</translation>
    </message>
    <message>
        <source>End round</source>
        <translation>结束本轮</translation>
    </message>
    <message>
        <source>In Practice: end the round; answers are kept</source>
        <translation>在“练习”中：结束本轮；已有的结果会保留</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>The picture and the last sign on the whole screen, and back</source>
        <translation>让画面和最近的手语词占满屏幕，再按返回</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>All keys at a glance</source>
        <translation>一览所有快捷键</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What was logged last</source>
        <translation>最近的日志内容</translation>
    </message>
    <message>
        <source>Save a report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Write versions, settings and log into a file, without pictures</source>
        <translation>将版本、设置和日志写入文件，不含画面</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
    <message>
        <source>Close the newest message</source>
        <translation>关闭最新的提示</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Stop everything and close the window</source>
        <translation>停止一切并关闭窗口</translation>
    </message>
    <message>
        <source>Something went wrong inside the window; the log tells more. You can go on.</source>
        <translation>窗口内部出了问题，详情见日志。您可以继续使用。</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>摄像头 {number}</translation>
    </message>
    <message>
        <source>{source} cannot be opened: it is not there or another application is using it. Plug it in or close that application, or choose another source.</source>
        <translation>无法打开{source}：它不存在，或正被其他程序使用。请接好它或关闭占用它的程序，也可以换一个来源。</translation>
    </message>
    <message>
        <source>{source} stopped delivering pictures. Plug it in again.</source>
        <translation>{source}不再提供画面。请重新接好。</translation>
    </message>
    <message>
        <source>{source} delivers no picture: its shutter may be closed or another application may be using it. Free it, or choose another source.</source>
        <translation>{source}没有画面：镜头盖可能关着，或正被其他程序使用。请让它可用，或换一个来源。</translation>
    </message>
    <message>
        <source>{source} was stopped by an unexpected error; the log tells more.</source>
        <translation>{source}因意外错误而停止，详情见日志。</translation>
    </message>
    <message>
        <source>{source} is not there: name an existing file, camera:N or demo.</source>
        <translation>{source} 不存在：请给出已有的文件、camera:N 或 demo。</translation>
    </message>
    <message>
        <source>{source} names no camera: write camera: and its number, such as camera:0 or camera:0@1280x720@30.</source>
        <translation>{source} 不是摄像头：请写 camera: 加编号，例如 camera:0 或 camera:0@1280x720@30。</translation>
    </message>
    <message>
        <source>{path} is a folder. Name a file inside it.</source>
        <translation>{path} 是文件夹。请指定其中的文件。</translation>
    </message>
    <message>
        <source>{path} does not exist. Check the path.</source>
        <translation>{path} 不存在。请检查路径。</translation>
    </message>
    <message>
        <source>{path} is no ordinary file. Name another; a camera is camera:N.</source>
        <translation>{path} 不是普通文件。请指定其他文件；摄像头写作 camera:N。</translation>
    </message>
    <message>
        <source>{path} holds no picture that can be decoded: it is empty or incomplete.</source>
        <translation>{path} 中没有可以解码的画面：文件为空或不完整。</translation>
    </message>
    <message>
        <source>{path} cannot be read as a video: it is damaged, or not a video at all.</source>
        <translation>无法将 {path} 作为视频读取：文件已损坏，或根本不是视频。</translation>
    </message>
    <message>
        <source>{path} cannot be used: its name is not valid UTF-8. Rename it.</source>
        <translation>{path} 无法使用：文件名不是有效的 UTF-8。请重命名。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {why}.</source>
        <translation>无法读取 {path}：{why}。</translation>
    </message>
    <message>
        <source>Cannot write {path}: {why}. Choose another place.</source>
        <translation>无法写入 {path}：{why}。请换一个位置。</translation>
    </message>
    <message>
        <source>Cannot write {path}: it is a folder. Name a file inside it.</source>
        <translation>无法写入 {path}：这是一个文件夹。请指定其中的文件名。</translation>
    </message>
    <message>
        <source>Cannot export to {file}: its name must end in one of {suffixes}.</source>
        <translation>无法导出到 {file}：文件名必须以下列后缀之一结尾：{suffixes}。</translation>
    </message>
    <message>
        <source>Cannot export to {file}: its name must end in {suffix}.</source>
        <translation>无法导出到 {file}：文件名必须以 {suffix} 结尾。</translation>
    </message>
    <message>
        <source>{path} is not {what}: it holds a single array.</source>
        <translation>{path} 不是{what}：其中只有一个数组。</translation>
    </message>
    <message>
        <source>{path} is not {what}: it has no {missing}.</source>
        <translation>{path} 不是{what}：缺少 {missing}。</translation>
    </message>
    <message>
        <source>{path} is not {what}: its format is not {format}.</source>
        <translation>{path} 不是{what}：格式不是 {format}。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged.</source>
        <translation>{path} 不是{what}，或者已损坏。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: its version makes no sense.</source>
        <translation>{path} 不是{what}，或者已损坏：版本号不合理。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: {why}.</source>
        <translation>{path} 不是{what}，或者已损坏：{why}。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: {why}</source>
        <translation>{path} 不是{what}，或者已损坏：{why}</translation>
    </message>
    <message>
        <source>a keypoint recording</source>
        <translation>关键点录制文件</translation>
    </message>
    <message>
        <source>a file of sign prototypes</source>
        <translation>手语词原型文件</translation>
    </message>
    <message>
        <source>a file of personal signs</source>
        <translation>自定义手语词文件</translation>
    </message>
    <message>
        <source>{path} was written by a newer MASA Live (format version {version}). Update this one.</source>
        <translation>{path} 由更新版本的 MASA Live 写成（格式版本 {version}）。请更新本程序。</translation>
    </message>
    <message>
        <source>{path} was written by a newer MASA Live. Update this one.</source>
        <translation>{path} 由更新版本的 MASA Live 写成。请更新本程序。</translation>
    </message>
    <message>
        <source>{path} is not a .pose file, or it is damaged.</source>
        <translation>{path} 不是 .pose 文件，或者已损坏。</translation>
    </message>
    <message>
        <source>{path} cannot be used: its points are not those of MediaPipe Holistic.</source>
        <translation>{path} 无法使用：其中的点不是 MediaPipe Holistic 的关键点。</translation>
    </message>
    <message>
        <source>{path} cannot be used: it holds no frame, or nobody.</source>
        <translation>{path} 无法使用：其中没有帧，或没有人。</translation>
    </message>
    <message>
        <source>{path} cannot be used: its frame rate or picture size makes no sense.</source>
        <translation>{path} 无法使用：帧率或画面尺寸不合理。</translation>
    </message>
    <message>
        <source>.pose files need the package pose-format: pip install pose-format</source>
        <translation>.pose 文件需要 pose-format 包：pip install pose-format</translation>
    </message>
    <message>
        <source>There is nothing to save in {file}: the recording holds no frame.</source>
        <translation>{file} 没有可保存的内容：录制中没有帧。</translation>
    </message>
    <message>
        <source>it holds no frame</source>
        <translation>其中没有帧</translation>
    </message>
    <message>
        <source>a joint is not a finite number</source>
        <translation>某个关节点不是有限的数</translation>
    </message>
    <message>
        <source>a confidence is not between 0 and 1</source>
        <translation>某个置信度不在 0 到 1 之间</translation>
    </message>
    <message>
        <source>its times do not increase</source>
        <translation>时间没有递增</translation>
    </message>
    <message>
        <source>its picture size makes no sense</source>
        <translation>画面尺寸不合理</translation>
    </message>
    <message>
        <source>its picture is more than {most} pixels wide or high</source>
        <translation>画面的宽度或高度超过 {most} 像素</translation>
    </message>
    <message>
        <source>its frame rate makes no sense</source>
        <translation>帧率不合理</translation>
    </message>
    <message>
        <source>a session</source>
        <translation>会话录制文件</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: the times of its pictures make no sense.</source>
        <translation>{path} 不是{what}，或者已损坏：画面的时间不合理。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: its notes cannot be read.</source>
        <translation>{path} 不是{what}，或者已损坏：无法读取其中的附注。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: a probability is not between 0 and 1.</source>
        <translation>{path} 不是{what}，或者已损坏：某个概率不在 0 到 1 之间。</translation>
    </message>
    <message>
        <source>{path} is not {what}, or it is damaged: its times make no sense.</source>
        <translation>{path} 不是{what}，或者已损坏：时间不合理。</translation>
    </message>
    <message>
        <source>A session&apos;s name is made of letters, digits, spaces and . , ( ) &apos; + - _, at most {most} of them.</source>
        <translation>录制的名称由字母、数字、空格以及 . , ( ) &apos; + - _ 组成，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>There is a session {name} already: choose another name.</source>
        <translation>已经有名为 {name} 的录制：请换一个名称。</translation>
    </message>
    <message>
        <source>There is a video {name} already: choose another name.</source>
        <translation>已经有名为 {name} 的视频：请换一个名称。</translation>
    </message>
    <message>
        <source>{name} cannot be renamed: {why}.</source>
        <translation>无法重命名 {name}：{why}。</translation>
    </message>
    <message>
        <source>{name} is the session itself. Choose another place.</source>
        <translation>{name} 就是这份录制本身。请换一个位置。</translation>
    </message>
    <message>
        <source>Cannot record to {folder}: {why}.</source>
        <translation>无法录制到 {folder}：{why}。</translation>
    </message>
    <message>
        <source>No part of {folder} can be read; delete it if you do not want it. {why}</source>
        <translation>{folder} 中没有任何部分可以读取；如果不需要，请将其删除。{why}</translation>
    </message>
    <message>
        <source>Cannot write {path}: {why}.</source>
        <translation>无法写入 {path}：{why}。</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>无法写入 {path}。</translation>
    </message>
    <message>
        <source>The recording has ended because the size of the picture has changed.</source>
        <translation>画面尺寸发生变化，录制已结束。</translation>
    </message>
    <message>
        <source>The recording has ended, and what there is of it is kept. {why}</source>
        <translation>录制已结束，已录下的部分会保留。{why}</translation>
    </message>
    <message>
        <source>The recording was ended by an unexpected error, and what there is of it is kept; the log tells more.</source>
        <translation>录制因意外错误而结束，已录下的部分会保留，详情见日志。</translation>
    </message>
    <message>
        <source>The video is not recorded, but the keypoints are. {why}</source>
        <translation>没有录下视频，但录下了关键点。{why}</translation>
    </message>
    <message>
        <source>The video is not recorded, but the keypoints are; the log tells more.</source>
        <translation>没有录下视频，但录下了关键点，详情见日志。</translation>
    </message>
    <message>
        <source>This session was recorded with {differences}: its signs may be named differently now.</source>
        <translation>录制时使用的是{differences}：现在识别出的手语词可能有所不同。</translation>
    </message>
    <message>
        <source>the model {names}</source>
        <translation>模型 {names}</translation>
    </message>
    <message>
        <source>another version of {model}</source>
        <translation>另一个版本的 {model}</translation>
    </message>
    <message>
        <source>another choice of signs</source>
        <translation>另一组手语词</translation>
    </message>
    <message>
        <source>other signs of your own</source>
        <translation>另外的自定义手语词</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这样的文件或文件夹</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>这不是文件夹</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>读写错误</translation>
    </message>
    <message>
        <source>The model in {folder} cannot be used: {why}. Take another, or copy it again.</source>
        <translation>{folder} 中的模型无法使用：{why}。请换一个模型，或重新复制。</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>缺少 {file}</translation>
    </message>
    <message>
        <source>{file} is not readable ({why})</source>
        <translation>无法读取 {file}（{why}）</translation>
    </message>
    <message>
        <source>{file} is damaged ({why})</source>
        <translation>{file} 已损坏（{why}）</translation>
    </message>
    <message>
        <source>{file} is damaged, or too small for the sizes in its description</source>
        <translation>{file} 已损坏，或者与其描述中的大小相比太小</translation>
    </message>
    <message>
        <source>its weights do not fit its description (see {name})</source>
        <translation>权重与描述不符（见 {name}）</translation>
    </message>
    <message>
        <source>{name} has shape {found} instead of {expected}</source>
        <translation>{name} 的形状是 {found}，应为 {expected}</translation>
    </message>
    <message>
        <source>{name} holds values that are not numbers</source>
        <translation>{name} 中含有非数值</translation>
    </message>
    <message>
        <source>the sizes of its encoder make no sense</source>
        <translation>编码器的尺寸不合理</translation>
    </message>
    <message>
        <source>the sizes of its place stream make no sense</source>
        <translation>位置流的尺寸不合理</translation>
    </message>
    <message>
        <source>its window makes no sense</source>
        <translation>窗口不合理</translation>
    </message>
    <message>
        <source>its format is {found}, this version reads {expected}</source>
        <translation>格式为 {found}，本版本读取 {expected}</translation>
    </message>
    <message>
        <source>it expects {found} joints, we have {expected}</source>
        <translation>它需要 {found} 个关节点，而这里有 {expected} 个</translation>
    </message>
    <message>
        <source>its background makes no sense</source>
        <translation>背景类不合理</translation>
    </message>
    <message>
        <source>its calibration makes no sense</source>
        <translation>校准不合理</translation>
    </message>
    <message>
        <source>{file} is not a list of glosses</source>
        <translation>{file} 不是词目列表</translation>
    </message>
    <message>
        <source>{file} names a gloss twice</source>
        <translation>{file} 中有重复的词目</translation>
    </message>
    <message>
        <source>it was made for another version</source>
        <translation>它是为另一个版本制作的</translation>
    </message>
    <message>
        <source>its description makes no sense</source>
        <translation>描述不合理</translation>
    </message>
    <message>
        <source>No model is installed: {folder} holds none. Train one or copy one there.</source>
        <translation>没有安装模型：{folder} 是空的。请训练一个，或复制一个到那里。</translation>
    </message>
    <message>
        <source>No model {name}: give the path of a model folder or one of: {known}.</source>
        <translation>没有模型 {name}：请给出模型文件夹的路径，或下列之一：{known}。</translation>
    </message>
    <message>
        <source>{model} knows no sign of this lesson. Choose other signs, or another model.</source>
        <translation>{model} 不认识此课程中的任何手语词。请选择其他手语词，或换一个模型。</translation>
    </message>
    <message>
        <source>Unknown device {device}: choose one of {devices}.</source>
        <translation>未知设备 {device}：请选择下列之一：{devices}。</translation>
    </message>
    <message>
        <source>No CUDA GPU can be used here: choose the device cpu, or auto.</source>
        <translation>这里没有可用的 CUDA GPU：请选择设备 cpu 或 auto。</translation>
    </message>
    <message>
        <source>No CUDA GPU found: the CPU does the work.</source>
        <translation>未找到 CUDA GPU：由 CPU 运行。</translation>
    </message>
    <message>
        <source>Recognition failed and was switched off; the log tells more. Choose a model to go on.</source>
        <translation>识别出错，已关闭，详情见日志。请选择一个模型以继续。</translation>
    </message>
    <message>
        <source>A sign&apos;s name is made of letters, digits, spaces, &apos; and -, at most {most} of them. Type another one.</source>
        <translation>手语词的名称由字母、数字、空格、&apos; 和 - 组成，最多 {most} 个字符。请换一个名称。</translation>
    </message>
    <message>
        <source>You have taught {sign} already: retake it, or choose another name.</source>
        <translation>您已经教过 {sign}：请重新录制，或换一个名称。</translation>
    </message>
    <message>
        <source>The model knows {sign} already: choose another name, such as {other_sign}.</source>
        <translation>模型已经认识 {sign}：请换一个名称，例如 {other_sign}。</translation>
    </message>
    <message>
        <source>A take of {sign} is lost: {why} Retake the sign.</source>
        <translation>{sign} 的一遍录制丢失了：{why}请重新录制这个手语词。</translation>
    </message>
    <message>
        <source>There is no personal sign {sign} any more.</source>
        <translation>自定义手语词 {sign} 已经不在了。</translation>
    </message>
    <message>
        <source>{name} cannot be deleted: {why}.</source>
        <translation>无法删除 {name}：{why}。</translation>
    </message>
    <message>
        <source>The sign {sign} cannot be deleted: {why}.</source>
        <translation>无法删除手语词 {sign}：{why}。</translation>
    </message>
    <message>
        <source>There is no personal sign to export: teach one first.</source>
        <translation>没有可以导出的自定义手语词：请先教一个。</translation>
    </message>
    <message>
        <source>The personal sign in {folder} cannot be read: {why}.</source>
        <translation>无法读取 {folder} 中的自定义手语词：{why}。</translation>
    </message>
    <message>
        <source>The camera gave too few pictures: close other programmes that use it, and try again.</source>
        <translation>摄像头给出的画面太少：请关闭其他使用摄像头的程序，再试一次。</translation>
    </message>
    <message>
        <source>No sign was seen: raise your hands when the countdown ends, and sign.</source>
        <translation>没有看到手语：倒计时结束后请抬起手来打手语。</translation>
    </message>
    <message>
        <source>Your shoulders were not in view: move back until the picture shows them both.</source>
        <translation>看不到您的双肩：请往后退，让画面里能看到双肩。</translation>
    </message>
    <message>
        <source>The beginning was cut off: keep your hands down until the countdown ends.</source>
        <translation>开头被截掉了：倒计时结束之前请把手放下。</translation>
    </message>
    <message>
        <source>The end was cut off: sign a little sooner, and put your hands down before the time is up.</source>
        <translation>结尾被截掉了：请早一点开始打，并在时间结束之前把手放下。</translation>
    </message>
    <message>
        <source>That was too short: sign a little slower.</source>
        <translation>太短了：请打得慢一点。</translation>
    </message>
    <message>
        <source>Your hands were often not seen: keep them inside the picture, in better light.</source>
        <translation>常常看不到您的手：请让手保持在画面内，光线也要亮一些。</translation>
    </message>
    <message>
        <source>This take looks unlike the others: make the same movement with the same hand.</source>
        <translation>这一遍与其他几遍不像：请用同一只手做同样的动作。</translation>
    </message>
    <message>
        <source>body</source>
        <translation>身体</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>left arm</source>
        <translation>左臂</translation>
    </message>
    <message>
        <source>right arm</source>
        <translation>右臂</translation>
    </message>
    <message>
        <source>left hand</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>right hand</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>left thumb</source>
        <translation>左手拇指</translation>
    </message>
    <message>
        <source>left index finger</source>
        <translation>左手食指</translation>
    </message>
    <message>
        <source>left middle finger</source>
        <translation>左手中指</translation>
    </message>
    <message>
        <source>left ring finger</source>
        <translation>左手无名指</translation>
    </message>
    <message>
        <source>left little finger</source>
        <translation>左手小指</translation>
    </message>
    <message>
        <source>right thumb</source>
        <translation>右手拇指</translation>
    </message>
    <message>
        <source>right index finger</source>
        <translation>右手食指</translation>
    </message>
    <message>
        <source>right middle finger</source>
        <translation>右手中指</translation>
    </message>
    <message>
        <source>right ring finger</source>
        <translation>右手无名指</translation>
    </message>
    <message>
        <source>right little finger</source>
        <translation>右手小指</translation>
    </message>
    <message>
        <source>{differences}, another choice of signs</source>
        <translation>{differences}、另一组手语词</translation>
    </message>
    <message>
        <source>{differences}, other signs of your own</source>
        <translation>{differences}、另外的自定义手语词</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>The report was written to {path}.</source>
        <translation>报告已写入 {path}。</translation>
    </message>
    <message>
        <source>They work everywhere, those for a single sign in the list of signs, those for a round in Practice. Tab goes from control to control.</source>
        <translation>快捷键处处可用；针对单个手语词的只在手语词列表中可用，针对一轮练习的只在“练习”中可用。Tab 键在控件之间移动。</translation>
    </message>
    <message>
        <source>Nothing has been logged since the start.</source>
        <translation>启动以来没有日志。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back to the window (Esc)</source>
        <translation>回到窗口（Esc）</translation>
    </message>
    <message>
        <source>Last log lines</source>
        <translation>最近的日志</translation>
    </message>
    <message>
        <source>Once a sign has been made, this tells which parts of the signer decided.</source>
        <translation>打出一个手语词之后，这里会显示手语者的哪些部位起了决定作用。</translation>
    </message>
    <message>
        <source>Nearest confusions</source>
        <translation>最易混淆</translation>
    </message>
    <message>
        <source>Hands</source>
        <translation>双手</translation>
    </message>
    <message>
        <source>shoulder widths/s</source>
        <translation>肩宽/秒</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>with waiting</source>
        <translation>含等待</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>keypoints</source>
        <translation>关键点</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What “{gloss}” loses when a part of the signer is hidden.</source>
        <translation>遮住手语者的一个部位后，“{gloss}”会失去多少概率。</translation>
    </message>
    <message>
        <source>What decided</source>
        <translation>决定因素</translation>
    </message>
    <message>
        <source>This sign</source>
        <translation>这个手语词</translation>
    </message>
    <message>
        <source>What is told</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>The lesson {name} cannot be read: {why}.</source>
        <translation>无法读取课程 {name}：{why}。</translation>
    </message>
    <message>
        <source>The lesson {name} holds no sign. Choose some and save it again.</source>
        <translation>课程 {name} 中没有手语词。请选择一些，再保存一次。</translation>
    </message>
    <message>
        <source>A lesson needs at least one sign: tick some in the list.</source>
        <translation>课程至少需要一个手语词：请在列表中勾选。</translation>
    </message>
    <message>
        <source>A lesson&apos;s name is made of letters, digits, spaces, ( ) + - and _, at most {most} of them.</source>
        <translation>课程名称由字母、数字、空格以及 ( ) + - 和 _ 组成，最多 {most} 个字符。</translation>
    </message>
    <message>
        <source>The lesson {name} cannot be deleted: {why}.</source>
        <translation>无法删除课程 {name}：{why}。</translation>
    </message>
    <message>
        <source>Last ten seconds</source>
        <translation>最近十秒</translation>
    </message>
    <message>
        <source>● Recording {time}</source>
        <translation>● 正在录制 {time}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>● Recording – {title}</source>
        <translation>● 正在录制 – {title}</translation>
    </message>
    <message>
        <source>Videos and recordings</source>
        <translation>视频和录制文件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>My signs</source>
        <translation>我的手语词</translation>
    </message>
    <message>
        <source>None</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>The signs that you have taught</source>
        <translation>您教过的手语词</translation>
    </message>
    <message>
        <source>Teach a sign…</source>
        <translation>教一个手语词…</translation>
    </message>
    <message>
        <source>Record a few takes of a new sign; it is recognised at once</source>
        <translation>把一个新手语词录几遍，马上就能识别</translation>
    </message>
    <message>
        <source>More for my signs</source>
        <translation>我的手语词的更多操作</translation>
    </message>
    <message>
        <source>Rename, retake, delete, export or import signs</source>
        <translation>重命名、重新录制、删除、导出或导入手语词</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Record anew…</source>
        <translation>重新录制…</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>撤销上一次修改</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>全部导出…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Rename a sign</source>
        <translation>重命名手语词</translation>
    </message>
    <message>
        <source>Another name for “{name}”</source>
        <translation>“{name}”的新名称</translation>
    </message>
    <message>
        <source>Deleted: {name}. “Undo the last change” under “More” brings it back.</source>
        <translation>已删除：{name}。“更多”里的“撤销上一次修改”可以恢复。</translation>
    </message>
    <message>
        <source>Export my signs</source>
        <translation>导出我的手语词</translation>
    </message>
    <message>
        <source>Personal signs</source>
        <translation>自定义手语词</translation>
    </message>
    <message>
        <source>my signs</source>
        <translation>我的手语词</translation>
    </message>
    <message>
        <source>Import signs</source>
        <translation>导入手语词</translation>
    </message>
    <message>
        <source>Imported: {names}.</source>
        <translation>已导入：{names}。</translation>
    </message>
    <message>
        <source>All signs of {file} are here already.</source>
        <translation>{file} 中的手语词都已经有了。</translation>
    </message>
    <message>
        <source>The parts of the signer are hidden one after the other…</source>
        <translation>正在逐个遮住手语者的各个部位…</translation>
    </message>
    <message>
        <source>This sign could not be explained; the log tells more.</source>
        <translation>无法解释这个手语词，详情见日志。</translation>
    </message>
    <message>
        <source>This sign has no example to show yet: too few recordings to average.</source>
        <translation>这个手语词还没有可以显示的示例：录制太少，无法平均。</translation>
    </message>
    <message>
        <source>The example is hidden. H shows it, and the sign then counts one point instead of two.</source>
        <translation>示例已隐藏。按 H 可以显示，但这个手语词就只得一分，而不是两分。</translation>
    </message>
    <message>
        <source>There are no signs to practise yet: no model is in use.</source>
        <translation>还没有可以练习的手语词：没有使用模型。</translation>
    </message>
    <message>
        <source>Nothing practised yet. Each sign that you are asked for appears here, with how it went.</source>
        <translation>还没有练习过。要求您打的每个手语词都会显示在这里，并附上结果。</translation>
    </message>
    <message>
        <source>Your {hand} was higher than in the example {when}.</source>
        <translation>您的{hand}{when}比示例中高。</translation>
    </message>
    <message>
        <source>Your {hand} was lower than in the example {when}.</source>
        <translation>您的{hand}{when}比示例中低。</translation>
    </message>
    <message>
        <source>Your {hand} was farther to your left than in the example {when}.</source>
        <translation>您的{hand}{when}比示例中更靠您的左边。</translation>
    </message>
    <message>
        <source>Your {hand} was farther to your right than in the example {when}.</source>
        <translation>您的{hand}{when}比示例中更靠您的右边。</translation>
    </message>
    <message>
        <source>at the beginning</source>
        <translation>在开头</translation>
    </message>
    <message>
        <source>in the middle</source>
        <translation>在中间</translation>
    </message>
    <message>
        <source>near the end</source>
        <translation>在快结束时</translation>
    </message>
    <message>
        <source>right at first try</source>
        <translation>一次打对</translation>
    </message>
    <message>
        <source>right after more tries</source>
        <translation>多试几次后打对</translation>
    </message>
    <message>
        <source>right with the example</source>
        <translation>看示例后打对</translation>
    </message>
    <message>
        <source>not right</source>
        <translation>没打对</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>{count} right at first try</source>
        <translation>{count} 个一次打对</translation>
    </message>
    <message>
        <source>{count} right after more tries</source>
        <translation>{count} 个多试几次后打对</translation>
    </message>
    <message>
        <source>{count} right with the example</source>
        <translation>{count} 个看示例后打对</translation>
    </message>
    <message>
        <source>{count} not right</source>
        <translation>{count} 个没打对</translation>
    </message>
    <message>
        <source>{count} skipped</source>
        <translation>{count} 个跳过</translation>
    </message>
    <message>
        <source>first try</source>
        <translation>一次打对</translation>
    </message>
    <message>
        <source>later try</source>
        <translation>多次打对</translation>
    </message>
    <message>
        <source>with the example</source>
        <translation>看了示例</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>没打对</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Right, with the example</source>
        <translation>正确，看过示例</translation>
    </message>
    <message>
        <source>Right</source>
        <comment>a sign that was made</comment>
        <translation>正确</translation>
    </message>
    <message>
        <source>Enter goes on when you are ready.</source>
        <translation>准备好后按回车键继续。</translation>
    </message>
    <message>
        <source>Go on with Enter, or wait a moment.</source>
        <translation>按回车键继续，或稍等片刻。</translation>
    </message>
    <message>
        <source>The model in use, or its lesson, does not know this sign. S skips it.</source>
        <translation>正在使用的模型或课程不包含这个手语词。按 S 跳过。</translation>
    </message>
    <message>
        <source>Make the sign before the camera.</source>
        <translation>请对着摄像头打这个手语词。</translation>
    </message>
    <message>
        <source>Once more, please; that one does not count.</source>
        <translation>请再来一遍；这一遍不算。</translation>
    </message>
    <message>
        <source>Try again: {left} of {most} tries left.</source>
        <translation>再试一次：{most} 次机会还剩 {left} 次。</translation>
    </message>
    <message>
        <source>Sign {number} of {count}</source>
        <translation>第 {number} 个，共 {count} 个</translation>
    </message>
    <message numerus="yes">
        <source>{points} of %n point(s)</source>
        <translation>
            <numerusform>得 {points} 分，满分 %n 分</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>{counts}.</source>
        <translation>{counts}。</translation>
    </message>
    <message>
        <source>Every sign was right at the first try.</source>
        <translation>所有手语词都一次打对了。</translation>
    </message>
    <message>
        <source>To look at again: {glosses}.</source>
        <translation>需要再看看：{glosses}。</translation>
    </message>
    <message>
        <source>well</source>
        <comment>how a sign is known</comment>
        <translation>熟练</translation>
    </message>
    <message>
        <source>partly</source>
        <comment>how a sign is known</comment>
        <translation>部分掌握</translation>
    </message>
    <message>
        <source>not yet</source>
        <comment>how a sign is known</comment>
        <translation>尚未掌握</translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s) practised, {well} known well: right at first try in the last three rounds, or nearly.</source>
        <translation>
            <numerusform>练习过 %n 个手语词，其中 {well} 个已熟练：最近三轮都一次打对，或几乎如此。</numerusform>
        </translation>
    </message>
    <message>
        <source>That looked like “{gloss}”</source>
        <translation>看起来像“{gloss}”</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Not sure: {glosses}</source>
        <translation>不确定：{glosses}</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>在 {time}</translation>
    </message>
    <message>
        <source>at {time} · nearest: {glosses}</source>
        <translation>在 {time} · 最接近：{glosses}</translation>
    </message>
    <message>
        <source>at {time} · then: {glosses}</source>
        <translation>在 {time} · 其次：{glosses}</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Most attention {seconds} s after the beginning</source>
        <translation>开始后 {seconds} 秒时最受关注</translation>
    </message>
    <message>
        <source>To the model these are most like “{gloss}”, whoever signs: {glosses}.</source>
        <translation>在模型看来，无论谁来打，与“{gloss}”最像的是：{glosses}。</translation>
    </message>
    <message>
        <source>Clips that it did not learn from have corrected how sure it is (temperature {value}) and how often it expects signs that it does not know (bias {bias}).</source>
        <translation>用模型没有学过的片段校正了它的把握（温度 {value}），以及它预期遇到未知手语词的频率（偏置 {bias}）。</translation>
    </message>
    <message>
        <source>Its probabilities are shown as they are.</source>
        <translation>概率按原样显示。</translation>
    </message>
    <message>
        <source>Clips that it did not learn from have corrected how sure it is: less than by itself (temperature {value}).</source>
        <translation>用模型没有学过的片段校正了它的把握：比它自己认为的低（温度 {value}）。</translation>
    </message>
    <message>
        <source>Clips that it did not learn from have corrected how sure it is: more than by itself (temperature {value}).</source>
        <translation>用模型没有学过的片段校正了它的把握：比它自己认为的高（温度 {value}）。</translation>
    </message>
    <message numerus="yes">
        <source>{model} knows %n sign(s) and runs on {device}.</source>
        <translation>
            <numerusform>{model} 认识 %n 个手语词，在 {device} 上运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Below {threshold} it says that it is not sure.</source>
        <translation>低于 {threshold} 时它会表示不确定。</translation>
    </message>
    <message>
        <source>{known} {corrected} {unsure}</source>
        <translation>{known}{corrected}{unsure}</translation>
    </message>
    <message>
        <source>{source} cannot be played: an unexpected error; the log tells more.</source>
        <translation>无法播放 {source}：出现意外错误，详情见日志。</translation>
    </message>
    <message>
        <source>The camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>The model {name} cannot be loaded: an unexpected error; the log tells more.</source>
        <translation>无法加载模型 {name}：出现意外错误，详情见日志。</translation>
    </message>
    <message>
        <source>{model} knows no sign of the lesson {lesson}: all its signs are recognised.</source>
        <translation>{model} 不认识课程 {lesson} 中的任何手语词：将识别它的所有手语词。</translation>
    </message>
    <message>
        <source>Your signs cannot be learned: an unexpected error; the log tells more.</source>
        <translation>无法学习您的手语词：出现意外错误，详情见日志。</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Thin lines</source>
        <translation>细线</translation>
    </message>
    <message>
        <source>Bold lines</source>
        <translation>粗线</translation>
    </message>
    <message>
        <source>Hands only</source>
        <translation>仅双手</translation>
    </message>
    <message>
        <source>As the camera wants</source>
        <translation>由摄像头决定</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Joints alone</source>
        <translation>仅关节点</translation>
    </message>
    <message>
        <source>Joints and video</source>
        <translation>关节点和视频</translation>
    </message>
    <message>
        <source>Right hand</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>The camera delivers {words}.</source>
        <translation>摄像头实际提供 {words}。</translation>
    </message>
    <message>
        <source>No camera plays.</source>
        <translation>没有正在使用的摄像头。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Of all words but glosses and model cards. Another language is one more file.</source>
        <translation>适用于除词目和模型卡之外的所有文字。添加一个文件即可增加一种语言。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>High contrast helps on a weak projector and weak eyes.</source>
        <translation>高对比度有助于在较暗的投影仪上观看，也方便视力不佳的人。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>On top of what fits the window, as far as there is room.</source>
        <translation>在适合窗口的大小之上，有空间时才放大。</translation>
    </message>
    <message>
        <source>Its colours are told apart by colour-blind people, too.</source>
        <translation>色盲人士也能分辨这些颜色。</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>骨架</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Hands are found in small pictures as well. Larger ones look better, and cost little time.</source>
        <translation>小画面中同样能找到双手。大画面更好看，也不怎么多花时间。</translation>
    </message>
    <message>
        <source>Pictures a second. Fast movements are clearer in more of them, as far as the computer keeps up.</source>
        <translation>每秒画面数。数目越大，快速动作越清楚，前提是电脑跟得上。</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Frame rate</source>
        <translation>帧率</translation>
    </message>
    <message>
        <source>Signer</source>
        <translation>手语者</translation>
    </message>
    <message>
        <source>Which hand leads. A left-handed signer is recognised as in a mirror; the picture stays as it is.</source>
        <translation>以哪只手为主。左利手的手语者按镜像识别，画面保持不变。</translation>
    </message>
    <message>
        <source>Leading hand</source>
        <translation>主手</translation>
    </message>
    <message>
        <source>Say what helps when hands leave the picture or get lost.</source>
        <translation>手离开画面或跟丢时，告诉您怎么做会更好。</translation>
    </message>
    <message>
        <source>Hints</source>
        <translation>拍摄提示</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>What Record keeps. Joints are enough to play a session again with the same signs.</source>
        <translation>“录制”保存哪些内容。只要有关节点，重新播放时就能识别出同样的手语词。</translation>
    </message>
    <message>
        <source>Play, rename, export or delete what was recorded.</source>
        <translation>播放、重命名、导出或删除录制的内容。</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Pictures are looked at and forgotten: none is stored unless you record with video, and nothing is sent anywhere. This is kept, on this machine alone:</source>
        <translation>画面看过即忘：除非您连视频一起录制，否则不保存任何画面，也不向任何地方发送任何内容。只在本机保存以下内容：</translation>
    </message>
    <message>
        <source>What you have chosen here, and your lessons</source>
        <translation>您在这里的选择以及您的课程</translation>
    </message>
    <message>
        <source>The transcripts of your last {kept} sessions</source>
        <translation>最近 {kept} 次会话的转写</translation>
    </message>
    <message>
        <source>The signs that you teach: joints, no pictures; one that is not kept yet lies beside the folder</source>
        <translation>您教的手语词：只有关节点，没有画面；尚未保留的那个在此文件夹旁边</translation>
    </message>
    <message>
        <source>The record of your practice</source>
        <translation>您的练习记录</translation>
    </message>
    <message>
        <source>What you record, until you delete it: joints, times and signs, video only if chosen above</source>
        <translation>您录制的内容，直到您删除为止：关节点、时间和手语词；只有在上面选择了视频时才有视频</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>A report holds versions, settings and the last log lines. It goes where you say, and is sent nowhere.</source>
        <translation>报告包含版本、设置和最近的日志。它只存到您指定的位置，不会发送到任何地方。</translation>
    </message>
    <message>
        <source>The settings cannot be read, so the defaults hold: {why}.</source>
        <translation>无法读取设置，因此使用默认值：{why}。</translation>
    </message>
    <message>
        <source>Some settings could not be used and are at their defaults: {fields}.</source>
        <translation>有些设置无法使用，已恢复默认值：{fields}。</translation>
    </message>
    <message>
        <source>The file as it was is kept as {file}.</source>
        <translation>原来的文件已另存为 {file}。</translation>
    </message>
    <message>
        <source>The settings hold until the window is closed, but cannot be kept: {why}</source>
        <translation>设置在窗口关闭之前有效，但无法保存：{why}</translation>
    </message>
    <message>
        <source>Cannot read the last transcript {path}: {why}.</source>
        <translation>无法读取上次的转写 {path}：{why}。</translation>
    </message>
    <message>
        <source>The last transcript {path} is damaged and cannot be restored: {why}.</source>
        <translation>上次的转写 {path} 已损坏，无法恢复：{why}。</translation>
    </message>
    <message>
        <source>correction</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>deletion</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>insertion</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>clearing</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>restoring</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Subtitles, SubRip</source>
        <translation>字幕，SubRip</translation>
    </message>
    <message>
        <source>Subtitles, WebVTT</source>
        <translation>字幕，WebVTT</translation>
    </message>
    <message>
        <source>ELAN annotations</source>
        <translation>ELAN 标注</translation>
    </message>
    <message>
        <source>Table with corrections</source>
        <translation>含更正的表格</translation>
    </message>
    <message>
        <source>JSON with corrections</source>
        <translation>含更正的 JSON</translation>
    </message>
    <message>
        <source>Export the transcript</source>
        <translation>导出转写</translation>
    </message>
    <message>
        <source>transcript</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Choose below, or type a gloss</source>
        <translation>在下面选择，或输入词目</translation>
    </message>
    <message>
        <source>Gloss</source>
        <translation>词目</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Click a gloss, or choose with the arrow keys and Enter</source>
        <translation>点击一个词目，或用方向键和回车键选择</translation>
    </message>
    <message>
        <source>Enter takes {gloss}</source>
        <translation>按回车键选用 {gloss}</translation>
    </message>
    <message>
        <source>Undo {change}</source>
        <translation>撤销{change}</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>重做{change}</translation>
    </message>
    <message>
        <source>Correct the sign at {time}</source>
        <translation>更正 {time} 处的手语词</translation>
    </message>
    <message>
        <source>Insert a sign</source>
        <translation>插入手语词</translation>
    </message>
    <message>
        <source>Insert a sign after {time}</source>
        <translation>在 {time} 之后插入手语词</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Last sign</source>
        <translation>上一个手语词</translation>
    </message>
    <message numerus="yes">
        <source>Restore the last transcript (%n sign(s))</source>
        <translation>
            <numerusform>恢复上次的转写（%n 个手语词）</numerusform>
        </translation>
    </message>
    <message>
        <source>Not here: no voice was found on this computer: on Linux install speech-dispatcher (spd-say).</source>
        <translation>此处不可用：本机没有找到语音，在 Linux 上请安装 speech-dispatcher (spd-say)。</translation>
    </message>
    <message>
        <source>Not here: no voice was found on this computer.</source>
        <translation>此处不可用：本机没有找到语音。</translation>
    </message>
    <message>
        <source>now, {probability}</source>
        <translation>当前，{probability}</translation>
    </message>
    <message>
        <source>now</source>
        <comment>the gloss that stands there so far</comment>
        <translation>当前</translation>
    </message>
    <message>
        <source>not in the vocabulary</source>
        <translation>不在词汇表中</translation>
    </message>
    <message>
        <source>Signs you make appear here.</source>
        <translation>您打的手语词会显示在这里。</translation>
    </message>
    <message>
        <source>Signs with time and confidence; Enter corrects one, Shift and the arrow keys choose several</source>
        <translation>手语词及其时间和置信度；回车键更正一个，Shift 加方向键选择多个</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>手语词</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Inserted by hand</source>
        <translation>手动插入</translation>
    </message>
    <message>
        <source>Recognised: {gloss}</source>
        <translation>识别为：{gloss}</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>不确定</translation>
    </message>
    <message numerus="yes">
        <source>The last session ended unexpectedly: %n sign(s) can be brought back.</source>
        <translation>
            <numerusform>上次会话意外结束：可以找回 %n 个手语词。</numerusform>
        </translation>
    </message>
    <message>
        <source>Exported to {file}.</source>
        <translation>已导出到 {file}。</translation>
    </message>
    <message>
        <source>Signs are being imported. Try again in a moment.</source>
        <translation>正在导入手语词，请稍后再试。</translation>
    </message>
    <message>
        <source>The transcript is not being saved. {why}</source>
        <translation>转写没有保存成功。{why}</translation>
    </message>
    <message>
        <source>this source</source>
        <translation>此来源</translation>
    </message>
    <message>
        <source>The model is being loaded.</source>
        <translation>正在加载模型。</translation>
    </message>
    <message>
        <source>Another model is being loaded; {model} stays in use until then.</source>
        <translation>正在加载另一个模型，加载完之前继续使用 {model}。</translation>
    </message>
    <message>
        <source>Not sure yet</source>
        <translation>还不确定</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Not sure. Closest:</source>
        <translation>不确定，最接近的：</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选词</translation>
    </message>
    <message>
        <source>Accepted from {threshold}</source>
        <translation>达到 {threshold} 即接受</translation>
    </message>
    <message>
        <source>Hardly a sign of the lesson</source>
        <translation>不太像课程中的手语词</translation>
    </message>
    <message>
        <source>Slow computer: {read:.0f} of {captured:.0f} pictures a second are read</source>
        <translation>电脑较慢：每秒 {captured:.0f} 幅画面中读取了 {read:.0f} 幅</translation>
    </message>
    <message>
        <source>{size} at {rate} a second</source>
        <translation>{size}，每秒 {rate} 帧</translation>
    </message>
    <message>
        <source>{given} instead of {asked}</source>
        <translation>{given}（而不是 {asked}）</translation>
    </message>
    <message>
        <source>not sure: {glosses}</source>
        <translation>不确定：{glosses}</translation>
    </message>
    <message>
        <source>{gloss} or {other}?</source>
        <translation>{gloss} 还是 {other}？</translation>
    </message>
    <message>
        <source>{gloss}?</source>
        <translation>{gloss}？</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>没有摄像头</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Auto ({device})</source>
        <translation>自动（{device}）</translation>
    </message>
    <message>
        <source>CUDA GPU</source>
        <translation>CUDA GPU</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>未找到摄像头</translation>
    </message>
    <message>
        <source>Plug one in, or look at the demo or at a file.</source>
        <translation>请接上摄像头，或者观看演示或文件。</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>摄像头已断开</translation>
    </message>
    <message>
        <source>Waiting for it to come back: plug it in again, and it goes on by itself.</source>
        <translation>正在等它恢复：重新接上后会自动继续。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Press Start to begin.</source>
        <translation>按“开始”即可开始。</translation>
    </message>
    <message>
        <source>Opening {source}</source>
        <translation>正在打开{source}</translation>
    </message>
    <message>
        <source>One moment.</source>
        <translation>请稍候。</translation>
    </message>
    <message>
        <source>Cannot show {source}</source>
        <translation>无法显示{source}</translation>
    </message>
    <message>
        <source>Choose another source, or press Start to try again.</source>
        <translation>请换一个来源，或按“开始”再试一次。</translation>
    </message>
    <message>
        <source>End of {source}</source>
        <translation>{source}已播完</translation>
    </message>
    <message>
        <source>Press Start to play it again.</source>
        <translation>按“开始”再播放一次。</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Getting ready to follow the signer&apos;s hands.</source>
        <translation>正在准备跟踪手语者的双手。</translation>
    </message>
    <message>
        <source>The picture is live, but signs are not named. Choose a model.</source>
        <translation>画面是实时的，但不识别手语词。请选择一个模型。</translation>
    </message>
    <message>
        <source>Nobody in view</source>
        <translation>画面中没有人</translation>
    </message>
    <message>
        <source>Step into the picture: head, shoulders and hands.</source>
        <translation>请走进画面：露出头、双肩和双手。</translation>
    </message>
    <message>
        <source>No hands in view</source>
        <translation>画面中没有手</translation>
    </message>
    <message>
        <source>Raise your hands into the picture to sign.</source>
        <translation>请把手抬进画面，开始打手语。</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Hands at rest. Make a sign whenever you like.</source>
        <translation>双手静止。随时可以打一个手语词。</translation>
    </message>
    <message>
        <source>Signing</source>
        <translation>正在打手语</translation>
    </message>
    <message>
        <source>Watching your hands.</source>
        <translation>正在看您的双手。</translation>
    </message>
    <message>
        <source>No sign came close enough. Try it once more.</source>
        <translation>没有足够接近的手语词。请再试一次。</translation>
    </message>
    <message>
        <source>Too dark: your hands are lost. More light from the front helps.</source>
        <translation>太暗了：看不清您的手。从正面多打些光会有帮助。</translation>
    </message>
    <message>
        <source>Step back: your hands and elbows need room in the picture.</source>
        <translation>请往后退：画面里要容得下您的手和手肘。</translation>
    </message>
    <message>
        <source>Step back: your hands leave the picture.</source>
        <translation>请往后退：您的手出了画面。</translation>
    </message>
    <message>
        <source>Come nearer: your hands are too small to be read.</source>
        <translation>请靠近一些：您的手太小，无法辨认。</translation>
    </message>
    <message>
        <source>Move to the middle of the picture.</source>
        <translation>请移到画面中间。</translation>
    </message>
    <message>
        <source>Your hands are lost: more light, or slower movements, may help.</source>
        <translation>跟丢了您的手：多一些光线，或放慢动作，可能会有帮助。</translation>
    </message>
    <message>
        <source>Too dark to see anybody: is there light, and is the camera uncovered?</source>
        <translation>太暗了，看不到人：灯开了吗？摄像头被遮住了吗？</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>inserted</source>
        <translation>已插入</translation>
    </message>
    <message>
        <source>The average motion of several signers, never one person&apos;s recording.</source>
        <translation>多位手语者的平均动作，绝不是某一个人的录制。</translation>
    </message>
    <message>
        <source>The average of the hands in several recordings, which show no arms.</source>
        <translation>若干段录像中手部动作的平均；这些录像没有手臂数据。</translation>
    </message>
    <message>
        <source>Your own sign: the first of your takes.</source>
        <translation>您自己的手语词：您录制的第一遍。</translation>
    </message>
    <message>
        <source>This sign has no motion to show yet: too few recordings to average.</source>
        <translation>这个手语词还没有可以显示的动作：录制太少，无法平均。</translation>
    </message>
    <message>
        <source>Ticked</source>
        <translation>已勾选</translation>
    </message>
    <message>
        <source>Save lesson</source>
        <translation>保存课程</translation>
    </message>
    <message>
        <source>Find a sign</source>
        <translation>查找手语词</translation>
    </message>
    <message>
        <source>Name of the lesson</source>
        <translation>课程名称</translation>
    </message>
    <message>
        <source>List the ticked signs alone, or all signs</source>
        <translation>只列出已勾选的手语词，或列出全部</translation>
    </message>
    <message>
        <source>Ticked signs alone</source>
        <translation>仅已勾选的手语词</translation>
    </message>
    <message>
        <source>Which signs are recognised in Live: all, or those of a lesson</source>
        <translation>在“实时”中识别哪些手语词：全部，或某个课程的</translation>
    </message>
    <message>
        <source>Keep the ticked signs as a lesson of this name, and use it</source>
        <translation>将勾选的手语词保存为此名称的课程，并使用它</translation>
    </message>
    <message>
        <source>Delete the chosen lesson; all signs are recognised again</source>
        <translation>删除所选课程，重新识别所有手语词</translation>
    </message>
    <message>
        <source>Bring back what was deleted or replaced last</source>
        <translation>恢复最近删除或被替换的内容</translation>
    </message>
    <message>
        <source>Ticks that were not saved as a lesson: “Undo” in Vocabulary brings them back.</source>
        <translation>有勾选尚未存为课程：点“词汇表”里的“撤销”可恢复。</translation>
    </message>
    <message>
        <source>Replaced: {name}. “Undo” brings back the lesson that it was.</source>
        <translation>已替换：{name}。点“撤销”可恢复原来的课程。</translation>
    </message>
    <message>
        <source>Deleted: {name}. “Undo” brings it back.</source>
        <translation>已删除：{name}。点“撤销”可恢复。</translation>
    </message>
    <message>
        <source>Signs recognised in Live</source>
        <translation>在“实时”中识别的手语词</translation>
    </message>
    <message>
        <source>No model is in use yet.</source>
        <translation>还没有使用模型。</translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s), {ticked} ticked</source>
        <translation>
            <numerusform>%n 个手语词，勾选了 {ticked} 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n sign(s), {ticked} ticked</source>
        <translation>
            <numerusform>{shown} 个手语词，共 %n 个，勾选了 {ticked} 个</numerusform>
        </translation>
    </message>
    <message>
        <source>All signs</source>
        <translation>所有手语词</translation>
    </message>
    <message>
        <source>Recognised in Live</source>
        <translation>在“实时”中识别</translation>
    </message>
    <message>
        <source>Time line of the sign</source>
        <translation>手语词的时间线</translation>
    </message>
    <message>
        <source>Pictures of the sign, and how closely the model looked at each moment: click, drag, ← →, Home, End; Space pauses</source>
        <translation>手语词的画面，以及模型对每一刻的关注程度：点击、拖动，或按 ← →、Home、End；空格键暂停</translation>
    </message>
    <message>
        <source>Without a hand in view the model attends to nothing.</source>
        <translation>画面中没有手时，模型不关注任何地方。</translation>
    </message>
    <message>
        <source>Candidates appear here while you sign.</source>
        <translation>打手语时，候选词会显示在这里。</translation>
    </message>
    <message>
        <source>Frame rate, delay from camera to screen, frames left out</source>
        <translation>帧率、从摄像头到屏幕的延迟、略过的帧数</translation>
    </message>
    <message>
        <source>Pictures painted a second · time from camera to screen, skeleton included, for half of the pictures and for 95 % of them · pictures left out because newer ones were there</source>
        <translation>每秒绘制的画面数 · 从摄像头到屏幕的时间（含骨架），分别为一半画面和 95 % 画面的值 · 因有更新的画面而略过的画面数</translation>
    </message>
    <message>
        <source>What the camera delivers</source>
        <translation>摄像头实际提供的画面</translation>
    </message>
    <message>
        <source>Slow computer</source>
        <translation>电脑较慢</translation>
    </message>
    <message>
        <source>{rate:.0f} fps · {median:.0f} ms, 95 % within {p95:.0f} ms · {dropped} dropped</source>
        <translation>{rate:.0f} fps · {median:.0f} ms，95 % 在 {p95:.0f} ms 以内 · 略过 {dropped} 帧</translation>
    </message>
    <message>
        <source>{rate:.0f} fps</source>
        <translation>{rate:.0f} fps</translation>
    </message>
    <message>
        <source>no motion yet</source>
        <translation>还没有动作</translation>
    </message>
    <message>
        <source>No sign of this vocabulary holds these letters.</source>
        <translation>词汇表里没有含这些字母的手语词。</translation>
    </message>
    <message>
        <source>No sign is ticked.</source>
        <translation>没有勾选任何手语词。</translation>
    </message>
    <message>
        <source>No ticked sign holds these letters.</source>
        <translation>已勾选的手语词中没有包含这些字母的。</translation>
    </message>
    <message>
        <source>Signs of the vocabulary</source>
        <translation>词汇表中的手语词</translation>
    </message>
    <message>
        <source>Arrow keys choose a sign, the space bar ticks it for a lesson</source>
        <translation>方向键选择手语词，空格键将它勾选进课程</translation>
    </message>
    <message>
        <source>How much the model&apos;s answer owes to each joint: parts are hidden one after the other</source>
        <translation>模型的答案有多少来自每个关节点：逐个遮住各部位来测量</translation>
    </message>
    <message>
        <source>Influence: little</source>
        <translation>影响：小</translation>
    </message>
    <message>
        <source>much</source>
        <translation>大</translation>
    </message>
    <message>
        <source>No sign yet</source>
        <translation>还没有手语词</translation>
    </message>
    <message>
        <source>{note} · at {time}</source>
        <translation>{note} · 在 {time}</translation>
    </message>
    <message>
        <source>This model has no card (CARD.md): nothing is known of its data, its figures and its limits.</source>
        <translation>此模型没有模型卡 (CARD.md)：对它的数据、指标和局限一无所知。</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Picture of the signer</source>
        <translation>手语者的画面</translation>
    </message>
    <message>
        <source>Probabilities of the last ten seconds</source>
        <translation>最近十秒的概率</translation>
    </message>
    <message>
        <source>— accepted from {threshold}</source>
        <translation>— 达到 {threshold} 即接受</translation>
    </message>
    <message>
        <source>now</source>
        <comment>on a time axis</comment>
        <translation>现在</translation>
    </message>
    <message>
        <source>Curves appear here while you sign.</source>
        <translation>打手语时，曲线会显示在这里。</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>You are here. {explanation}</source>
        <translation>您在此处。{explanation}</translation>
    </message>
    <message>
        <source>Make one, and see it here again.</source>
        <translation>打一个，就能在这里重看。</translation>
    </message>
    <message>
        <source>Play or pause the sign (Space)</source>
        <translation>播放或暂停手语词（空格键）</translation>
    </message>
    <message>
        <source>◀ Step</source>
        <translation>◀ 后退</translation>
    </message>
    <message>
        <source>One picture back</source>
        <translation>后退一幅画面</translation>
    </message>
    <message>
        <source>Step ▶</source>
        <translation>前进 ▶</translation>
    </message>
    <message>
        <source>One picture on</source>
        <translation>前进一幅画面</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Speed: a quarter, half, three quarters, or as signed</source>
        <translation>速度：四分之一、一半、四分之三，或原速</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>录制时间</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Nothing is recorded yet. Press Record while something plays.</source>
        <translation>还没有录制过。请在播放时按“录制”。</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>录制列表</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play it again (Enter)</source>
        <translation>重新播放（回车键）</translation>
    </message>
    <message>
        <source>Give it another name (F2)</source>
        <translation>换一个名称（F2）</translation>
    </message>
    <message>
        <source>Copy it to another place</source>
        <translation>复制到另一个位置</translation>
    </message>
    <message>
        <source>Delete it (Del)</source>
        <translation>删除（Del）</translation>
    </message>
    <message>
        <source>Bring back what was deleted last</source>
        <translation>找回最近删除的录制</translation>
    </message>
    <message>
        <source>Close this list (Esc)</source>
        <translation>关闭此列表（Esc）</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) are deleted when this list is closed.</source>
        <translation>
            <numerusform>关闭此列表时将删除 %n 个录制。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} is deleted when this list is closed.</source>
        <translation>关闭此列表时将删除 {name}。</translation>
    </message>
    <message>
        <source>Rename a session</source>
        <translation>重命名录制</translation>
    </message>
    <message>
        <source>Export a session</source>
        <translation>导出录制</translation>
    </message>
    <message>
        <source>What was recorded, newest first</source>
        <translation>录制的内容，最近的在前</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>有</translation>
    </message>
    <message>
        <source>{number} of {all}</source>
        <translation>第 {number} 幅，共 {all} 幅</translation>
    </message>
    <message>
        <source>The sign as a moving skeleton</source>
        <translation>以移动的骨架显示手语词</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>返回实时</translation>
    </message>
    <message>
        <source>Watch the demo</source>
        <translation>观看演示</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>{enough} to {most} takes are wanted. Begin and end each with your hands down. Joints alone are kept, no picture.</source>
        <translation>需要录 {enough} 到 {most} 遍。每遍开始和结束时都把手放下。只保存关节点，不保存画面。</translation>
    </message>
    <message>
        <source>Nothing plays: start a camera in Live first.</source>
        <translation>没有播放任何内容：请先在“实时”中启动摄像头。</translation>
    </message>
    <message>
        <source>Name of the sign</source>
        <translation>手语词的名称</translation>
    </message>
    <message>
        <source>Drop last</source>
        <translation>丢弃上一遍</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Record a take, or stop recording</source>
        <translation>录一遍，或停止录制</translation>
    </message>
    <message>
        <source>Drop the last take</source>
        <translation>丢弃上一遍录制</translation>
    </message>
    <message>
        <source>Keep the sign under this name</source>
        <translation>以此名称保存手语词</translation>
    </message>
    <message>
        <source>Teach nothing</source>
        <translation>什么也不教</translation>
    </message>
    <message>
        <source>Hands down … {seconds}</source>
        <translation>放下双手……{seconds}</translation>
    </message>
    <message>
        <source>● Sign now: {seconds} s left</source>
        <translation>● 现在打手语：还剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>Once more, please</source>
        <translation>请再来一遍</translation>
    </message>
    <message numerus="yes">
        <source>%n good take(s): keep the sign, or add one</source>
        <translation>
            <numerusform>录好了 %n 遍：可以保存，也可以再录一遍</numerusform>
        </translation>
    </message>
    <message>
        <source>Take {number} of {enough}</source>
        <translation>第 {number} 遍，共 {enough} 遍</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>{quantity} in {unit}</source>
        <translation>{quantity}（{unit}）</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始练习</translation>
    </message>
    <message numerus="yes">
        <source>Again with these %n sign(s)</source>
        <translation>
            <numerusform>再练这 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Another round</source>
        <translation>再来一轮</translation>
    </message>
    <message>
        <source>Play the demo</source>
        <translation>播放演示</translation>
    </message>
    <message>
        <source>Let a drawn figure sign: it does not make what is asked, but shows what a round is like</source>
        <translation>让画出的人物打手语：它不会按要求打，但能让您看看一轮练习是什么样子</translation>
    </message>
    <message>
        <source>The record of your practice cannot be read: {why}.</source>
        <translation>无法读取您的练习记录：{why}。</translation>
    </message>
    <message>
        <source>What you practise holds until the window is closed, but cannot be kept: {why}</source>
        <translation>练习结果在窗口关闭之前有效，但无法保存：{why}</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the record of your practice cannot be used. {why}</source>
        <translation>
            <numerusform>您的练习记录中有 %n 行无法使用。{why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the record of your practice cannot be used; the whole file is kept as {file}.</source>
        <translation>
            <numerusform>您的练习记录中有 %n 行无法使用；整个文件已另存为 {file}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Make this sign</source>
        <translation>请打这个手语词</translation>
    </message>
    <message>
        <source>You are asked for signs one after the other, those first that you know least. Make each before the camera. Right at the first try counts two points, later or with the example one. Three other signs, and it counts none.</source>
        <translation>系统会逐个要求您打手语词，先从您最不熟的开始。请对着摄像头打出每一个。一次打对得两分，多试几次或看了示例后打对得一分。打成别的手语词满三次，就不得分。</translation>
    </message>
    <message>
        <source>Known</source>
        <translation>掌握程度</translation>
    </message>
    <message>
        <source>Last practised</source>
        <translation>上次练习</translation>
    </message>
    <message>
        <source>How it went, newest first</source>
        <translation>各轮结果，最近的在前</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>手语词</translation>
    </message>
    <message>
        <source>Which signs are asked for: all, or those of a lesson; in Live they alone are named</source>
        <translation>要求打哪些手语词：全部，或某个课程的；在“实时”中也只识别这些</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>How many signs a round has</source>
        <translation>一轮有多少个手语词</translation>
    </message>
    <message>
        <source>Forget the record of all signs</source>
        <translation>清除所有手语词的记录</translation>
    </message>
    <message>
        <source>Bring the cleared record back</source>
        <translation>找回已清除的记录</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>找回</translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s)</source>
        <translation>
            <numerusform>%n 个手语词</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s) to choose from.</source>
        <translation>
            <numerusform>共有 %n 个手语词可选。</numerusform>
        </translation>
    </message>
    <message>
        <source>Your record</source>
        <translation>您的记录</translation>
    </message>
    <message>
        <source>Record of your practice</source>
        <translation>您的练习记录</translation>
    </message>
    <message>
        <source>Each sign that you were asked for, and how its last rounds went</source>
        <translation>要求您打过的每个手语词，以及最近几轮的结果</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Every sign of the round</source>
        <translation>本轮的所有手语词</translation>
    </message>
    <message>
        <source>Round finished: {score}. {counts} {again}</source>
        <translation>本轮结束：{score}。{counts}{again}</translation>
    </message>
    <message>
        <source>Round finished</source>
        <translation>本轮结束</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the items of a list</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) cut short when the last session ended unexpectedly: bring it back?</source>
        <translation>
            <numerusform>上次会话意外结束，有 %n 份录制中断了：要找回吗？</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no recording to bring back.</source>
        <translation>没有可以找回的录制。</translation>
    </message>
    <message>
        <source>The session is not complete, and will be offered at the next start. {why}</source>
        <translation>这份录制不完整，下次启动时可以找回。{why}</translation>
    </message>
    <message>
        <source>Nothing came that could be recorded.</source>
        <translation>没有收到可以录制的内容。</translation>
    </message>
    <message numerus="yes">
        <source>Recorded {length} with %n sign(s): {name}.</source>
        <translation>
            <numerusform>录制了 {length}，含 %n 个手语词：{name}。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) are missing, because the disk was too slow.</source>
        <translation>
            <numerusform>磁盘太慢，缺少 %n 帧。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The video lacks %n picture(s).</source>
        <translation>
            <numerusform>视频缺少 %n 幅画面。</numerusform>
        </translation>
    </message>
    <message>
        <source>unreadable lines</source>
        <translation>无法读取的行</translation>
    </message>
    <message>
        <source>Look in:</source>
        <translation>查找位置：</translation>
    </message>
    <message>
        <source>A sign that you were teaching is not lost: go on with it in Vocabulary.</source>
        <translation>您正在教的手语词没有丢失：可以在“词汇表”中继续。</translation>
    </message>
    <message>
        <source>Takes that are not wanted any more cannot be deleted: {why}.</source>
        <translation>不再需要的录制无法删除：{why}。</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>文件类型：</translation>
    </message>
    <message>
        <source>These takes are not kept yet. Keep or cancel them first, then go on with another sign.</source>
        <translation>这几遍录制还没有保存：请先保存或取消，再教别的手语词。</translation>
    </message>
    <message>
        <source>{name} is not named while the lesson {lesson} lacks it: tick it and save, or choose all signs.</source>
        <translation>课程 {lesson} 不包含 {name}，因此不会识别它：请勾选并保存，或选择所有手语词。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong; the log tells more.</source>
        <translation>发生了意外错误，日志中有详情。</translation>
    </message>
    <message>
        <source>{file} is not there any more, so the first camera is shown. Open it where it is now.</source>
        <translation>{file} 已不存在，因此显示第一个摄像头。请从它现在的位置打开。</translation>
    </message>
    <message>
        <source>There is still no camera. Plug one in, or look at the demo or at a file.</source>
        <translation>仍未找到摄像头。请接上摄像头，或者观看演示或文件。</translation>
    </message>
</context>
</TS>
